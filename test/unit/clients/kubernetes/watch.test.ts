import assert from 'node:assert/strict';
import type { FakeObject } from '../../../support/fake-apiserver.ts';
import { proto } from '../../../support/protobuf.ts';
import { eventually } from '../../../support/eventually.ts';
import { namesIn, namesWhen } from '../../../support/kubernetes/client.ts';
import { type Harness, harness, namespace, watchesOpened } from '../../../support/kubernetes/harness.ts';

describe('a watch', function () {
  this.timeout(20_000);
  let at: Harness;

  beforeEach(async () => {
    at = await harness();
    at.server.put('namespaces', namespace('default'));
    at.server.put('namespaces', namespace('sock-shop'));
  });
  afterEach(() => at.dispose());

  it('shows what is there and follows changes', async () => {
    const { store } = at.cluster.watch('namespaces');
    assert.equal(store.objects.state, 'loading');
    await namesWhen(store, (names) => names.join() === 'default,sock-shop');
    at.server.put('namespaces', namespace('monitoring'));
    at.server.delete('namespaces', 'uid-default');
    await namesWhen(store, (names, state) => names.join() === 'monitoring,sock-shop' && state === 'ready');
  });

  it('reads the same in protobuf', async () => {
    at.server.encode = encodeNamespace;
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (names) => names.join() === 'default,sock-shop');
    at.server.put('namespaces', namespace('default', 'Terminating'));
    await eventually(
      () => store.objects,
      (objects) => objects.state === 'ready' && objects.value.get('uid-default')?.phase === 'Terminating',
    );
  });

  it('tells which objects changed, as a new map', async () => {
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (names) => names.length === 2);
    const before = store.objects;
    const told: string[] = [];
    store.onDidChange((uids) => told.push(...(uids ?? ['everything'])));
    at.server.put('namespaces', namespace('default', 'Terminating'));
    await eventually(
      () => told,
      (uids) => uids.length > 0,
    );
    assert.deepEqual(told, ['uid-default']);
    assert.notEqual(store.objects, before);
  });

  it('tells many changes in few batches', async () => {
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (names) => names.length === 2);
    const began = Date.now();
    let batches = 0;
    store.onDidChange(() => batches++);
    for (let n = 0; n < 400; n++) {
      at.server.put('namespaces', namespace(`n${n}`));
      if (n % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await namesWhen(store, (names) => names.length === 402);
    assert(batches <= 2 + (Date.now() - began) / 200, `${batches} batches in ${Date.now() - began} ms`);
  });

  it('asks for one namespace where one is wanted', async () => {
    const pod = (ns: string) => ({ metadata: { name: 'p', namespace: ns, uid: ns } });
    at.server.put('pods', pod('default'));
    at.server.put('pods', pod('sock-shop'));
    const { store } = at.cluster.watch('pods', 'sock-shop');
    await namesWhen(store, (names) => names.length === 1);
    assert.equal(at.server.requests[0]?.url.pathname, '/api/v1/namespaces/sock-shop/pods');
  });

  it('lists in pages where the server cannot stream a list', async () => {
    at.server.streamsLists = false;
    for (let n = 0; n < 1200; n++) at.server.put('namespaces', namespace(`n${n}`));
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (names) => names.length === 1202);
    assert.equal(at.server.requests.filter(({ url }) => url.searchParams.has('limit')).length, 3);
    at.server.delete('namespaces', 'uid-default');
    await namesWhen(store, (names) => names.length === 1201);
  });

  it('does not ask a second kind whether an old server can stream lists', async () => {
    at.server.streamsLists = false;
    await namesWhen(at.cluster.watch('namespaces').store, (names) => names.length === 2);
    await namesWhen(at.cluster.watch('pods').store, (_, state) => state === 'ready');
    assert.equal(watchesOpened(at.server).filter((kind) => kind === 'all').length, 1);
  });

  it('says "empty" only when the server did', async () => {
    const { store } = at.cluster.watch('pods');
    const states: string[] = [];
    store.onDidChange(() => states.push(store.objects.state));
    await namesWhen(store, (_, state) => state === 'ready');
    assert.deepEqual([states, namesIn(store)], [['ready'], []]);
  });

  it('measures how far the clocks are apart', async () => {
    at.server.skew = 3_600_000;
    await namesWhen(at.cluster.watch('namespaces').store, (names) => names.length === 2);
    assert(Math.abs(at.cluster.clockSkew - 3_600_000) < 2000, String(at.cluster.clockSkew));
  });
});

/** core/v1 Namespace in protobuf, or a bookmark. */
function encodeNamespace({ metadata, status }: FakeObject): Buffer {
  const { name, uid, resourceVersion } = metadata;
  const annotations = (metadata as { annotations?: Record<string, string> }).annotations ?? {};
  return proto({
    1: proto({
      1: name,
      5: uid,
      6: resourceVersion,
      12: Object.entries(annotations).map(([key, value]) => proto({ 1: key, 2: value })),
      // managedFields, to be skipped
      17: [proto({ 1: 'kubectl', 7: proto({ 1: Buffer.alloc(500, 1) }) })],
    }),
    3: proto({ 1: (status as { phase?: string } | undefined)?.phase ?? '' }),
  });
}
