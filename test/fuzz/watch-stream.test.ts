import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Splitter, lengthPrefixed, lines } from '../../src/clients/kubernetes/frames.ts';
import { kinds } from '../../src/clients/kubernetes/kinds/kinds.ts';
import { decodeList, decodeStatus, watchDecoder } from '../../src/clients/kubernetes/watch-stream.ts';
import { apiError } from '../../src/clients/kubernetes/errors.ts';
import type { KubeObject } from '../../src/domain/kubernetes/model.ts';
import type { Kind } from '../../src/clients/kubernetes/kinds/kind.ts';
import { proto } from '../support/protobuf.ts';
import { anyJson, damaged, damagedBytes, damagedJson, inPieces } from './generators.ts';
import {
  type FieldType,
  flags,
  integers,
  listOf,
  mapOf,
  messageOf,
  oneOf,
  quantities,
  texts,
  times,
} from './messages.ts';
import { always } from './support.ts';

const metadata = messageOf({
  name: [1, texts],
  namespace: [3, texts],
  uid: [5, texts],
  resourceVersion: [6, texts],
  creationTimestamp: [8, times],
  deletionTimestamp: [9, times],
  labels: [11, mapOf(texts)],
  annotations: [12, mapOf(texts)],
  ownerReferences: [
    13,
    listOf(messageOf({ kind: [1, texts], name: [3, texts], uid: [4, texts], controller: [6, flags] })),
  ],
});
const condition = messageOf({
  type: [1, oneOf('Ready', 'PodScheduled', 'x')],
  status: [2, oneOf('True', 'False')],
  lastTransitionTime: [4, times],
  reason: [5, texts],
  message: [6, texts],
});
const ended = messageOf({
  exitCode: [1, integers],
  signal: [2, integers],
  reason: [3, texts],
  message: [4, texts],
  startedAt: [5, times],
  finishedAt: [6, times],
});
const state = messageOf({
  waiting: [1, messageOf({ reason: [1, texts], message: [2, texts] })],
  running: [2, messageOf({ startedAt: [1, times] })],
  terminated: [3, ended],
});
const containerStatus = messageOf({
  name: [1, oneOf('a', 'b')],
  state: [2, state],
  lastState: [3, state],
  ready: [4, flags],
  restartCount: [5, integers],
});
const container = messageOf({
  name: [1, oneOf('a', 'b')],
  image: [2, texts],
  resources: [8, messageOf({ limits: [1, mapOf(quantities)], requests: [2, mapOf(quantities)] })],
});

const objects: Readonly<Record<string, readonly [Kind<KubeObject>, FieldType]>> = {
  pods: [
    kinds.pods,
    messageOf({
      metadata: [1, metadata],
      spec: [
        2,
        messageOf({
          containers: [2, listOf(container)],
          nodeName: [10, texts],
          initContainers: [20, listOf(container)],
        }),
      ],
      status: [
        3,
        messageOf({
          phase: [1, oneOf('Running', 'Pending', 'Failed')],
          conditions: [2, listOf(condition)],
          reason: [4, texts],
          startTime: [7, times],
          containerStatuses: [8, listOf(containerStatus)],
          initContainerStatuses: [10, listOf(containerStatus)],
        }),
      ],
    }),
  ],
  nodes: [
    kinds.nodes,
    messageOf({
      metadata: [1, metadata],
      spec: [
        2,
        messageOf({
          unschedulable: [4, flags],
          taints: [5, listOf(messageOf({ key: [1, texts], value: [2, texts], effect: [3, texts] }))],
        }),
      ],
      status: [
        3,
        messageOf({ allocatable: [2, mapOf(quantities)], nodeInfo: [7, messageOf({ kubeletVersion: [7, texts] })] }),
      ],
    }),
  ],
  warnings: [
    kinds.warnings,
    messageOf({
      metadata: [1, metadata],
      involvedObject: [2, messageOf({ kind: [1, texts], namespace: [2, texts], name: [3, texts], uid: [4, texts] })],
      reason: [3, texts],
      message: [4, texts],
      firstTimestamp: [6, times],
      lastTimestamp: [7, times],
      count: [8, integers],
    }),
  ],
  releases: [kinds.releaserecords, messageOf({ metadata: [1, metadata] })],
};
const object = fc
  .constantFrom(...Object.values(objects))
  .chain(([kind, type]) => type.json.map((json) => ({ kind, json, bytes: type.encode(json) as Buffer })));

const wrapped = (type: string, bytes: Buffer) => proto({ 1: type, 2: proto({ 1: enveloped(bytes) }) });
const enveloped = (bytes: Buffer) => Buffer.concat([Buffer.from('k8s\0'), proto({ 2: bytes })]);
const prefixed = (frame: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(frame.length);
  return Buffer.concat([length, frame]);
};
const eventType = fc.constantFrom('ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR');
const event = fc.tuple(eventType, object);
const protobuf = 'application/vnd.kubernetes.protobuf;stream=watch';

/** The frames up to the one that is refused. */
function framesOf(splitter: Splitter, pieces: readonly Buffer[]): string[] {
  const frames: string[] = [];
  try {
    for (const piece of pieces) splitter.push(piece, (frame) => frames.push(frame.toString('latin1')));
  } catch (error) {
    assert.ok(error instanceof RangeError);
  }
  return frames;
}

describe('any stream of a watch', () => {
  const frames = fc.array(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    { maxLength: 5 },
  );
  const stream = frames.map((all) => Buffer.concat(all.map(prefixed)));

  always('has the frames that were sent', frames, (sent) => {
    const received = framesOf(lengthPrefixed(), [Buffer.concat(sent.map(prefixed))]);
    assert.deepEqual(
      received,
      sent.map((frame) => frame.toString('latin1')),
    );
  });

  always('has the same frames wherever its pieces end', inPieces(damagedBytes(stream)), ({ whole, pieces }) => {
    const before = process.memoryUsage().arrayBuffers;
    assert.deepEqual(framesOf(lengthPrefixed(), pieces), framesOf(lengthPrefixed(), [whole]));
    assert.deepEqual(framesOf(lines(), pieces), framesOf(lines(), [whole]));
    assert.ok(process.memoryUsage().arrayBuffers - before < 4_000_000);
  });

  always(
    'gives its events, or is refused, in protobuf',
    fc.tuple(event, fc.boolean()).chain(([[type, { kind, bytes }], isDamaged]) => {
      const stream = fc.constant(prefixed(wrapped(type, bytes)));
      return inPieces(isDamaged ? damagedBytes(stream) : stream).map(({ pieces }) => ({ kind, pieces, isDamaged }));
    }),
    ({ kind, pieces, isDamaged }) => {
      const decode = watchDecoder(kind, protobuf);
      let seen = 0;
      try {
        for (const piece of pieces)
          decode(piece, (its) => {
            seen++;
            if ('item' in its) checkObject(its.item.object);
          });
        if (!isDamaged) assert.equal(seen, 1);
      } catch (error) {
        assert.ok(isDamaged && error instanceof RangeError, String(error));
      }
    },
  );

  always(
    'gives its events, or is refused, in JSON',
    fc.tuple(
      fc
        .constantFrom(...Object.values(objects))
        .chain(([kind, type]) =>
          damaged(
            damagedJson(fc.record({ type: eventType, object: type.json })).map((json) => JSON.stringify(json)),
          ).map((text) => ({ kind, text })),
        ),
    ),
    ([{ kind, text }]) => {
      try {
        watchDecoder(kind, 'application/json')(Buffer.from(`${text}\n`), () => undefined);
      } catch (error) {
        assert.ok(error instanceof Error);
      }
    },
  );
});

describe('any object', () => {
  always('is the same in protobuf and in JSON', object, ({ kind, json, bytes }) => {
    assert.deepEqual(kind.fromProtobuf(bytes).object, kind.fromJson(JSON.parse(JSON.stringify(json))).object);
  });

  always('of a list too', fc.array(object, { maxLength: 2 }), (all) => {
    const kind = all[0]?.kind ?? kinds.pods;
    const some = all.filter((one) => one.kind === kind);
    const list = { 1: proto({ 2: '7', 3: 'next' }), 2: some.map(({ bytes }) => bytes) };
    const binary = decodeList(kind, protobuf, enveloped(proto(list)));
    const json = decodeList(
      kind,
      'application/json',
      Buffer.from(
        JSON.stringify({ metadata: { resourceVersion: '7', continue: 'next' }, items: some.map((one) => one.json) }),
      ),
    );
    assert.deepEqual(binary, json);
  });

  always('of any bytes is an object or a RangeError', damagedBytes(object.map(({ bytes }) => bytes)), (bytes) => {
    for (const kind of [kinds.pods, kinds.horizontalpodautoscalers, kinds.ingresses])
      try {
        checkObject(kind.fromProtobuf(bytes).object);
      } catch (error) {
        assert.ok(error instanceof RangeError, String(error));
      }
  });
});

describe('any answer that is an error', () => {
  const status = fc.record(
    { code: fc.nat(600), reason: anyJson, message: anyJson, details: anyJson },
    { noNullPrototype: true },
  );
  always(
    'has a code and a sentence',
    fc.oneof(
      damaged(damagedJson(status).map((json) => JSON.stringify(json))),
      anyJson.map((json) => JSON.stringify(json)),
    ),
    (body) => {
      const error = apiError('lab', { ...decodeStatus('application/json', Buffer.from(body)), code: 500 });
      assert.ok(error.message.length > 0 && !error.message.includes('[object'), error.message);
    },
  );

  always(
    'and one in protobuf',
    damagedBytes(fc.constant(enveloped(proto({ 3: 'no', 4: 'Expired', 5: proto({ 5: 3 }), 6: 410 })))),
    (body) => {
      const error = apiError('lab', decodeStatus(protobuf, body));
      assert.match(error.code, /^kube\.\w+$/);
    },
  );
});

function checkObject({ name, namespace, uid, createdAt, labels }: KubeObject): void {
  for (const text of [name, namespace, uid, ...Object.values(labels)]) assert.equal(typeof text, 'string');
  assert.ok(!Number.isNaN(new Date(createdAt).getTime()), `created at ${createdAt}`);
}
