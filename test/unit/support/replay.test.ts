import assert from 'node:assert/strict';
import { kinds } from '../../../src/clients/kubernetes/kinds/kinds.ts';
import { type WatchEvent, watchDecoder } from '../../../src/clients/kubernetes/watch-stream.ts';
import type { Pod } from '../../../src/domain/kubernetes/model.ts';
import { crowdNamespace, crowdNode } from '../../support/kubernetes/crowd.ts';
import { PodFrame } from '../../support/kubernetes/recording.ts';
import { ReplayServer } from '../../support/kubernetes/replay.ts';
import { proto, protoMap } from '../../support/protobuf.ts';

const uid = '0a1b2c3d-0000-4000-8000-000000000001';

/** A pod as the API server sends it: with the empty fields that it never leaves out. */
const recorded = proto({
  1: 'ADDED',
  2: proto({
    1: Buffer.concat([
      Buffer.from('k8s\0'),
      proto({
        2: proto({
          1: proto({ 1: 'web-1', 2: '', 3: crowdNamespace, 4: '', 5: uid, 6: '42', 11: protoMap({ app: 'web' }) }),
          2: proto({ 10: crowdNode(7) }),
          3: proto({ 1: 'Running' }),
        }),
      }),
    ]),
  }),
});

function eventsIn(stream: Buffer): readonly WatchEvent<Pod>[] {
  const events: WatchEvent<Pod>[] = [];
  watchDecoder(kinds.pods, 'application/vnd.kubernetes.protobuf;stream=watch')(stream, (event) => events.push(event));
  return events;
}
const podsIn = (stream: Buffer) => eventsIn(stream).flatMap((event) => ('item' in event ? [event.item.object] : []));

describe('a recorded pod', () => {
  it('is told as another one, and as nothing else', () => {
    const frame = new PodFrame(recorded);
    const [event] = eventsIn(frame.as('DELETED', { namespace: 'crowd-0123', node: crowdNode(3), generation: 10 }));
    assert(event?.type === 'DELETED');
    const { namespace, nodeName, name, labels, resourceVersion } = event.item.object;
    assert.deepEqual(
      [namespace, nodeName, name, labels, resourceVersion],
      ['crowd-0123', crowdNode(3), 'web-1', { app: 'web' }, '42'],
    );
    assert.equal(event.item.object.uid, uid.replace('-4000-', '-a000-'));
  });

  it('does not change when it is told as another', () => {
    const frame = new PodFrame(recorded);
    const changes = { namespace: crowdNamespace, node: crowdNode(7), generation: 4 };
    frame.as('ADDED', { ...changes, namespace: 'crowd-9999', generation: 1 });
    assert.deepEqual(frame.as('ADDED', changes).subarray(4), recorded);
  });
});

describe('a replay', () => {
  const copies = 5;
  let server: ReplayServer;
  beforeEach(async () => {
    server = await ReplayServer.start({ frames: [recorded], copies, namespaces: 3, nodes: 2, first: 2 });
  });
  afterEach(() => server.close());

  /** Reads until the initial events have ended. */
  async function initial(path: string): Promise<Buffer> {
    const response = await fetch(`${server.url}${path}?watch=1&sendInitialEvents=true`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      if (Buffer.concat(chunks).includes('initial-events-end')) break;
    }
    return Buffer.concat(chunks);
  }

  it('tells of every copy once, each another pod, over the namespaces and nodes', async () => {
    const pods = podsIn(await initial('/api/v1/pods'));
    assert.equal(new Set(pods.map((pod) => pod.uid)).size, copies);
    assert.deepEqual(pods.map(({ namespace }) => namespace).sort(), [
      'crowd-0000',
      'crowd-0000',
      'crowd-0001',
      'crowd-0001',
      'crowd-0002',
    ]);
    assert.deepEqual(new Set(pods.map(({ nodeName }) => nodeName)), new Set([crowdNode(0), crowdNode(1)]));
  });

  it('tells of one namespace alone where that is asked for', async () => {
    const pods = podsIn(await initial('/api/v1/namespaces/crowd-0001/pods'));
    assert.equal(pods.length, 2);
  });

  it('rolls out: the pods that go are others than those that come', async () => {
    const before = podsIn(await initial('/api/v1/pods')).map((pod) => pod.uid);
    await server.rollOut(2, 50);
    const after = podsIn(await initial('/api/v1/pods')).map((pod) => pod.uid);
    assert.equal(after.length, copies);
    assert.equal(after.filter((its) => !before.includes(its)).length, 2);
  });
});
