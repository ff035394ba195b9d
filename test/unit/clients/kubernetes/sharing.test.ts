import assert from 'node:assert/strict';
import { pods } from '../../../../src/clients/kubernetes/kinds/pods.ts';
import { list, map, message, part, shared, text } from '../../../../src/clients/kubernetes/protobuf.ts';
import { Recent, memoized } from '../../../../src/clients/kubernetes/recent.ts';
import { proto, protoMap } from '../../../support/protobuf.ts';

const whole = <T>(decode: (bytes: Buffer, start: number, end: number) => T, bytes: Buffer) =>
  decode(bytes, 0, bytes.length);

function podBytes(name: string, condition: { type: string; status: string }, seconds = 1000): Buffer {
  const env = proto({ 1: 'KEY', 3: proto({ 4: proto({ 1: proto({ 1: 'database' }), 2: 'password' }) }) });
  const requests = protoMap({ cpu: proto({ 1: '100m' }), memory: proto({ 1: '64Mi' }) });
  const running = proto({ 2: proto({ 1: proto({ 1: seconds }) }) });
  const status = proto({ 1: 'app', 2: running, 4: true });
  const conditions = [{ type: 'PodScheduled', status: 'True' }, condition].map((one) =>
    proto({ 1: one.type, 2: one.status, 4: proto({ 1: seconds }) }),
  );
  return proto({
    1: proto({
      1: name,
      3: 'shop',
      5: `uid-${name}`,
      6: '7',
      11: protoMap({ app: 'web', tier: 'front' }),
      13: [proto({ 1: 'ReplicaSet', 3: 'web-1', 4: 'uid-owner', 6: true })],
    }),
    2: proto({ 2: [proto({ 1: 'app', 2: 'app:1', 7: [env], 8: proto({ 2: requests }) })], 10: 'node-1' }),
    3: proto({ 1: 'Running', 2: conditions, 8: [status] }),
  });
}
const pod = (...given: Parameters<typeof podBytes>) => pods.fromProtobuf(podBytes(...given)).object;
const ready = { type: 'Ready', status: 'True' };

describe('what many pods have alike', () => {
  it('is kept once', () => {
    const [one, other] = [pod('a', ready), pod('b', ready, 2000)];
    assert.deepEqual(one.labels, { app: 'web', tier: 'front' });
    assert.equal(one.labels, other.labels);
    assert.deepEqual(one.owners, [{ kind: 'ReplicaSet', name: 'web-1', uid: 'uid-owner', controller: true }]);
    assert.equal(one.owners, other.owners);
    assert.deepEqual(one.containers[0]?.requests, { cpu: 100, memory: 64 * 2 ** 20 });
    assert.equal(one.containers, other.containers);
    assert.deepEqual(one.uses, [{ kind: 'Secret', name: 'database' }]);
    assert.equal(one.uses, other.uses);
  });

  it('is not what makes them differ', () => {
    assert.notEqual(pod('a', ready, 1000).conditions[0]?.changedAt, pod('b', ready, 2000).conditions[0]?.changedAt);
  });

  it('leaves out what every pod that runs says of itself', () => {
    assert.deepEqual(
      pod('a', ready).conditions.map(({ type }) => type),
      ['Ready'],
    );
    const waiting = pod('a', { type: 'Initialized', status: 'False' });
    assert.deepEqual(
      waiting.conditions.map(({ type }) => type),
      ['Initialized'],
    );
  });
});

describe('shared lists and maps', () => {
  const decode = message({
    name: text(1),
    labels: shared(map(2, text)),
    parts: shared(list(3, message({ it: text(1) }))),
  });

  it('are decoded as any others', () => {
    const bytes = proto({
      1: 'x',
      2: protoMap({ a: '1', b: '2' }),
      3: [proto({ 1: 'p' }), proto({ 1: 'q' })],
      4: 'skipped',
    });
    assert.deepEqual(whole(decode, bytes), {
      name: 'x',
      labels: { a: '1', b: '2' },
      parts: [{ it: 'p' }, { it: 'q' }],
    });
  });

  it('are not there where there are none', () => {
    assert.deepEqual(whole(decode, proto({ 1: 'x' })), { name: 'x' });
  });

  it('are refused when they are torn or scattered', () => {
    const bytes = proto({ 2: protoMap({ a: '1' }) });
    assert.throws(() => whole(decode, bytes.subarray(0, -1)), RangeError);
    assert.throws(() => whole(decode, Buffer.concat([bytes, proto({ 1: 'between' }), bytes])), RangeError);
  });

  it('of a message inside another are those of that message', () => {
    const outer = message({ inner: part(1, decode) });
    const bytes = proto({ 1: proto({ 2: protoMap({ a: '1' }) }), 2: 'after' });
    assert.deepEqual(whole(outer, bytes), { inner: { labels: { a: '1' } } });
  });
});

describe('recent values', () => {
  it('are made once, and held no longer than they are asked for', () => {
    const recent = new Recent<{ key: string }>();
    const make = (key: string) => ({ key });
    const kept = recent.get('kept', make);
    const forgotten = recent.get('forgotten', make);
    for (let index = 0; index < 40_000; index++) {
      recent.get(`other ${index}`, make);
      assert.equal(recent.get('kept', make), kept);
    }
    assert.notEqual(recent.get('forgotten', make), forgotten);
  });

  it('of an object are made once', () => {
    const made: object[] = [];
    const of = memoized((key: object) => made.push(key));
    const key = {};
    assert.deepEqual([of(key), of(key), of({})], [1, 1, 2]);
  });
});
