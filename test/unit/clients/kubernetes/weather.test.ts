import assert from 'node:assert/strict';
import { errorOf } from '../../../../src/core/loadable.ts';
import type { ObjectStore } from '../../../../src/domain/kubernetes/store.ts';
import type { Namespace } from '../../../../src/domain/kubernetes/model.ts';
import { statusAnswer } from '../../../support/fake-apiserver.ts';
import { fastClock } from '../../../support/fast-clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { namesIn, namesWhen } from '../../../support/kubernetes/client.ts';
import { type Harness, harness, namespace, watchesOpened } from '../../../support/kubernetes/harness.ts';

describe('a watch in bad weather', function () {
  this.timeout(20_000);
  let at: Harness;
  afterEach(() => at.dispose());

  async function watching(options: Parameters<typeof harness>[0] = {}): Promise<ObjectStore<Namespace>> {
    at = await harness(options);
    at.server.put('namespaces', namespace('default'));
    at.server.put('namespaces', namespace('sock-shop'));
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (names) => names.length === 2);
    return store;
  }
  const opened = (count: number) =>
    eventually(
      () => watchesOpened(at.server),
      (all) => all.length >= count && at.server.watches.size > 0,
    );

  /** Every state and size that the store went through from here on. */
  function history(store: ObjectStore<Namespace>): string[] {
    const seen: string[] = [];
    store.onDidChange(() => seen.push(`${store.objects.state} ${namesIn(store).join()}`));
    return seen;
  }

  it('resumes where the stream was cut, inside a frame, and never shows itself old', async () => {
    const store = await watching();
    const seen = history(store);
    at.server.cutWatches();
    await opened(2);
    at.server.put('namespaces', namespace('late'));
    await namesWhen(store, (names) => names.length === 3);
    assert.deepEqual(watchesOpened(at.server), ['all', 'resumed']);
    assert.deepEqual(seen, ['ready default,late,sock-shop']);
  });

  it('misses nothing that happened while the connection was gone', async () => {
    const store = await watching();
    at.server.intercept = () => statusAnswer(500, 'etcd is gone');
    at.server.cutWatches();
    await namesWhen(store, (_, state) => state === 'stale');
    at.server.delete('namespaces', 'uid-default');
    at.server.put('namespaces', namespace('late'));
    at.server.intercept = () => undefined;
    await namesWhen(store, (names, state) => names.join() === 'late,sock-shop' && state === 'ready');
  });

  it('goes on from a bookmark', async () => {
    const store = await watching();
    at.server.bookmark();
    at.server.put('pods', { metadata: { name: 'p', uid: 'p' } });
    await new Promise((resolve) => setImmediate(resolve));
    at.server.endWatches();
    await opened(2);
    const versions = at.server.requests.map(({ url }) => Number(url.searchParams.get('resourceVersion')));
    assert(Number(versions[1]) > 102, String(versions));
    assert.equal(store.objects.state, 'ready');
  });

  it('lists anew after 410 and shows the old objects until the new ones are there', async () => {
    const store = await watching();
    const seen = history(store);
    at.server.intercept = () => statusAnswer(503, 'starting');
    at.server.cutWatches();
    await namesWhen(store, (_, state) => state === 'stale');
    at.server.delete('namespaces', 'uid-default');
    at.server.compact();
    at.server.put('namespaces', namespace('late'));
    at.server.intercept = () => undefined;
    await namesWhen(store, (names, state) => names.join() === 'late,sock-shop' && state === 'ready');
    assert.equal(watchesOpened(at.server).at(-1), 'all');
    for (const state of seen) assert.match(state, /default,sock-shop|late,sock-shop$/);
  });

  it('lists anew when a kind is back that was gone: its versions may count from the beginning', async () => {
    const store = await watching({ clock: fastClock(20) });
    at.server.intercept = () => statusAnswer(404, 'the server could not find the requested resource');
    at.server.cutWatches();
    await namesWhen(store, (_, state) => state === 'stale');
    assert.equal(errorOf(store.objects)?.code, 'kube.notFound');
    at.server.startOver();
    at.server.put('namespaces', namespace('other'));
    at.server.intercept = () => undefined;
    await namesWhen(store, (names, state) => names.join() === 'other' && state === 'ready');
  });

  it('takes an ERROR in the stream for what it says', async () => {
    const store = await watching();
    at.server.compact();
    at.server.send({ type: 'ERROR', object: statusAnswer(410, 'too old resource version').body });
    await opened(2);
    assert.deepEqual(watchesOpened(at.server), ['all', 'all']);
    assert.equal(store.objects.state, 'ready');
  });

  it('says since when and why it is old, and recovers by itself', async () => {
    const store = await watching();
    at.server.intercept = () => statusAnswer(500, 'etcd is gone');
    at.server.cutWatches();
    await namesWhen(store, (names, state) => names.length === 2 && state === 'stale');
    assert(store.objects.state === 'stale' && Date.now() - store.objects.since < 5000);
    assert.equal(errorOf(store.objects)?.message, 'lab failed: etcd is gone');
    at.server.intercept = () => undefined;
    await namesWhen(store, (_, state) => state === 'ready');
  });

  it('waits as long as a 429 asks for', async () => {
    at = await harness();
    at.server.intercept = () => statusAnswer(429, 'too many requests', { 'Retry-After': '1' });
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed');
    const failedAt = Date.now();
    assert.equal(errorOf(store.objects)?.code, 'kube.tooManyRequests');
    at.server.intercept = () => undefined;
    await namesWhen(store, (_, state) => state === 'ready');
    assert(Date.now() - failedAt >= 950);
  });

  it('says what is forbidden in the words of the server', async () => {
    at = await harness();
    const words = 'namespaces is forbidden: User "viewer" cannot list resource "namespaces"';
    at.server.intercept = () => statusAnswer(403, words);
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed');
    assert.equal(errorOf(store.objects)?.code, 'kube.forbidden');
    assert.equal(errorOf(store.objects)?.message, `lab does not allow this: ${words}`);
  });

  it('notices a connection that died without a word within 30 s', async () => {
    const clock = fastClock(20);
    const store = await watching({ clock });
    at.server.intercept = () => 'hang';
    const silentSince = clock.now();
    await namesWhen(store, (_, state) => state === 'stale');
    assert(clock.now() - silentSince <= 34_000, `${clock.now() - silentSince} ms`);
    assert.equal(errorOf(store.objects)?.code, 'kube.timeout');
  });

  it('gives up on a server that does not answer', async () => {
    at = await harness({ clock: fastClock(100) });
    at.server.intercept = () => 'hang';
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed');
    assert.equal(errorOf(store.objects)?.message, 'lab did not answer within 30 seconds.');
  });

  it('does not wait for ever for a list that is never finished', async () => {
    at = await harness({ clock: fastClock(100) });
    at.server.finishesLists = false;
    at.server.put('namespaces', namespace('default'));
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed');
    assert.equal(errorOf(store.objects)?.message, 'lab began to list its objects and did not finish.');
    at.server.finishesLists = true;
    await namesWhen(store, (names, state) => names.length === 1 && state === 'ready');
  });

  it('says when nothing listens there any more', async () => {
    const store = await watching();
    await at.server.stop();
    await namesWhen(store, (names, state) => names.length === 2 && state === 'stale');
    assert.equal(errorOf(store.objects)?.code, 'kube.unreachable');
  });

  it('reads in JSON what it cannot read in protobuf', async () => {
    at = await harness();
    at.server.put('namespaces', namespace('default'));
    at.server.encode = () => Buffer.from([0xff, 0xff]);
    const { store } = at.cluster.watch('namespaces');
    await eventually(
      () => at.server.requests.length,
      (requests) => requests > 0,
    );
    at.server.encode = undefined;
    await namesWhen(store, (names) => names.length === 1);
  });
});
