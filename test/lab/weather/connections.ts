import assert from 'node:assert/strict';
import * as v from 'valibot';
import { isCancelled } from '../../../src/core/errors.ts';
import { errorOf } from '../../../src/core/loadable.ts';
import type { ObjectStore } from '../../../src/domain/kubernetes/store.ts';
import type { KubeObject } from '../../../src/domain/kubernetes/model.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { namesIn, namesWhen } from '../../support/kubernetes/client.ts';
import { namespaceObject } from '../cluster/objects.ts';
import { Wire } from '../faults/wire.ts';
import type { World } from './world.ts';

const soon = 30_000;

/** What happens between this machine and the API server. */
export function connectionWeather(world: () => World): void {
  const proxy = () => world().lab.faults.kubernetes;
  const named = async () =>
    (await world().lab.cluster.client.list('/api/v1/namespaces', Named)).map(({ metadata }) => metadata.name).sort();
  const isTheList = async <T extends KubeObject>(store: ObjectStore<T>) => {
    const names = await named();
    await namesWhen(store, (seen, state) => state === 'ready' && seen.join() === names.join(), soon);
  };
  /** What the store says each time that it tells more than "loading". */
  const record = <T extends KubeObject>(store: ObjectStore<T>) => {
    const seen: { readonly state: string; readonly code: string | undefined; readonly names: readonly string[] }[] = [];
    store.onDidChange(() => {
      const { state } = store.objects;
      if (state !== 'loading') seen.push({ state, code: errorOf(store.objects)?.code, names: namesIn(store) });
    });
    return seen;
  };
  const watching = async (context?: Parameters<World['open']>[0], clock?: Parameters<World['open']>[1]) => {
    const { cluster } = await world().open(context, clock);
    const { store } = cluster.watch('namespaces');
    await isTheList(store);
    return store;
  };

  it('a connection cut half-way through an object: resumed, nothing lost, nothing doubled', async () => {
    const before = await named();
    proxy().add({ kind: 'cut', afterBytes: 700 }, { times: 1, path: 'watch=1' });
    const { cluster } = await world().open();
    const { store } = cluster.watch('namespaces');
    const seen = record(store);
    await isTheList(store);
    assert.deepEqual([...new Set(seen.map(({ state }) => state))], ['ready'], 'one cut is not even shown');
    proxy().add({ kind: 'cut', afterBytes: 70 }, { times: 2, path: 'watch=1' });
    proxy().cutConnections();
    await world().create(namespaceObject('cut-in-half'));
    await isTheList(store);
    for (const { names, code } of seen) {
      assert.notEqual(code, 'kube.malformed', 'half an object was read');
      assert.deepEqual(
        before.filter((name) => !names.includes(name)),
        [],
        'half a list was shown',
      );
    }
  });

  it('a connection cut half-way through a JSON object: the same', async () => {
    const { cluster, ref } = await world().open();
    const { store } = cluster.follow({
      ...{ cluster: ref, group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace' },
      ...{ namespace: '', name: 'default', uid: '' },
    });
    const seen = record(store);
    const label = (value: string) =>
      world().lab.cluster.client.mergePatch('/api/v1/namespaces/default', { metadata: { labels: { weather: value } } });
    proxy().add({ kind: 'cut', afterBytes: 90 }, { times: 1, path: 'watch=1' });
    await namesWhen(store, (names) => names.join() === 'default', soon);
    proxy().add({ kind: 'cut', afterBytes: 90 }, { times: 1, path: 'watch=1' });
    proxy().cutConnections();
    await label('rain');
    await eventually(
      () => store.objects,
      (objects) => objects.state === 'ready' && [...objects.value.values()][0]?.labels['weather'] === 'rain',
      soon,
    );
    for (const { names, code } of seen) {
      assert.notEqual(code, 'kube.malformed', 'half an object was read');
      assert.deepEqual(names, ['default']);
    }
  });

  it('410 Gone: listed anew, the old rows stay until then', async () => {
    const store = await watching();
    const seen = record(store);
    // every resumed watch, so that only a new list helps
    proxy().add({ kind: 'respond', status: 410 }, { path: 'allowWatchBookmarks=true&resourceVersion=' });
    proxy().cutConnections();
    await world().create(namespaceObject('after-410'));
    await isTheList(store);
    for (const { names } of seen) assert(names.length > 0, 'the rows were gone for a moment');
  });

  it('429 with Retry-After: said, and not asked again before', async () => {
    proxy().add({ kind: 'respond', status: 429, retryAfterSeconds: 3 }, { times: 1, path: 'watch=1' });
    const { cluster } = await world().open();
    const { store } = cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed', soon);
    const failedAt = Date.now();
    assert.equal(errorOf(store.objects)?.message, 'prod-seoul asks to send fewer requests.');
    await isTheList(store);
    assert(Date.now() - failedAt >= 2900, `${Date.now() - failedAt} ms`);
  });

  it('500s: stale since when and why, alive again without a click', async () => {
    const store = await watching();
    proxy().add({ kind: 'respond', status: 500, message: 'etcdserver: leader changed' }, { path: 'watch=1' });
    const began = Date.now();
    proxy().cutConnections();
    await namesWhen(store, (names, state) => names.length > 0 && state === 'stale', soon);
    assert(store.objects.state === 'stale' && Math.abs(store.objects.since - began) < soon);
    assert.equal(errorOf(store.objects)?.message, 'prod-seoul failed: etcdserver: leader changed');
    assert.deepEqual(errorOf(store.objects)?.remedies, [{ kind: 'retry' }]);
    await world().create(namespaceObject('after-500'));
    world().lab.faults.clear();
    await isTheList(store);
  });

  it('slow answers: cancelling works at once and hangs up', async () => {
    const wire = await Wire.to(world().proxied);
    try {
      const { client, ref } = await world().open({ server: wire.url });
      proxy().add({ kind: 'latency', ms: 60_000 }, { path: '/deployments/' });
      const leave = new AbortController();
      const pointer = { cluster: ref, kind: 'Deployment' as const, namespace: 'default', name: 'slow' };
      const reading = client.read(pointer, leave.signal).then(
        () => assert.fail('it was not to be answered'),
        (error: unknown) => error,
      );
      await eventually(
        () => wire.open,
        (open) => open === 1,
      );
      const cancelledAt = Date.now();
      leave.abort();
      assert(isCancelled(await reading));
      assert(Date.now() - cancelledAt < 1000);
      await eventually(
        () => wire.open,
        (open) => open === 0,
      );
    } finally {
      wire.dispose();
    }
  });

  it('a server that hangs delays no other', async () => {
    const wire = await Wire.to(world().proxied);
    wire.silence();
    try {
      const hanging = (await world().open({ server: wire.url })).cluster.watch('namespaces').store;
      const store = await watching();
      assert.equal(store.objects.state, 'ready');
      assert.equal(hanging.objects.state, 'loading');
    } finally {
      wire.dispose();
    }
  });

  it('one stream for all who look; closed when nobody does or the window was hidden for a minute; reopened at once', async () => {
    const wire = await Wire.to(world().proxied);
    try {
      const { client, cluster } = await world().open({ server: wire.url }, fastClock(20));
      const [first, second] = [cluster.watch('namespaces'), cluster.watch('namespaces')];
      await isTheList(second.store);
      assert.deepEqual([wire.calls, wire.open], [1, 1]);
      const open = (wanted: number) =>
        eventually(
          () => wire.open,
          (count) => count === wanted,
        );
      client.setVisible(false);
      await eventually(
        () => errorOf(first.store.objects)?.message,
        (message) => message === 'Not watched while nobody looks.',
      );
      await open(0);
      await world().create(namespaceObject('unseen'));
      client.setVisible(true);
      await isTheList(first.store);
      assert.equal(wire.open, 1);
      first.dispose();
      second.dispose();
      await open(0);
    } finally {
      wire.dispose();
    }
  });

  it('a server whose clock is an hour ahead: the difference is known, so that ages are right', async () => {
    proxy().add({ kind: 'skew', ms: 3_600_000 });
    const { cluster } = await world().open();
    await isTheList(cluster.watch('namespaces').store);
    assert(Math.abs(cluster.clockSkew - 3_600_000) < 2000, String(cluster.clockSkew));
  });
}

const Named = v.object({ metadata: v.object({ name: v.string() }) });
