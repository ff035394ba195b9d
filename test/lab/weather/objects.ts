import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { errorOf, valueOf } from '../../../src/core/loadable.ts';
import type { ObjectRef } from '../../../src/domain/kubernetes/object-ref.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { namesIn, namesWhen } from '../../support/kubernetes/client.ts';
import type { Manifest } from '../cluster/client.ts';
import { definitionOf } from '../cluster/definition.ts';
import { namespaceObject } from '../cluster/objects.ts';
import { type World, base64 } from './world.ts';

const { signal } = new AbortController();
const soon = 30_000;
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const place = { group: 'weather.jarvis.test', version: 'v1', resource: 'storms', kind: 'Storm' } as const;

/** Objects that are too big, broken, or of a kind that goes away. */
export function objectWeather(world: () => World): void {
  const storm = (name: string, spec: object = {}): Manifest => ({
    apiVersion: `${place.group}/${place.version}`,
    kind: place.kind,
    metadata: { name, namespace: 'default' },
    spec,
  });
  const define = () => world().create(definitionOf(place));
  const undefine = () => world().lab.cluster.client.removeWholly(`${definitions}/${place.resource}.${place.group}`);
  const opened = async (name: string) => {
    const { ref, cluster } = await world().open({}, fastClock(10));
    const object: ObjectRef = { ...place, cluster: ref, namespace: 'default', name, uid: '' };
    return { cluster, object };
  };

  describe('of a custom kind', () => {
    beforeEach(define);
    afterEach(undefine);

    it('whose definition is removed while one is watched: gone, said why, there again without a click', async () => {
      await world().lab.cluster.client.createWhenServed(storm('big-one'));
      const { cluster, object } = await opened('big-one');
      const { store } = cluster.follow(object);
      await namesWhen(store, (names) => names.join() === 'big-one', soon);
      await undefine();
      await eventually(
        () => [store.objects.state, namesIn(store).length],
        ([state, count]) => state === 'stale' && count === 0,
        60_000,
      );
      assert.equal(errorOf(store.objects)?.code, 'kube.notFound');
      assert.equal(errorOf(store.objects)?.message, 'prod-seoul has no objects of this kind, or no longer.');
      await define();
      await world().lab.cluster.client.createWhenServed(storm('big-one'));
      await namesWhen(store, (names, state) => state === 'ready' && names.join() === 'big-one', 60_000);
    });

    it('of 1.5 MB, the most that etcd takes: followed, changed and read whole', async () => {
      const text = 'x'.repeat(1.5 * 2 ** 20 - 4096);
      await world().lab.cluster.client.createWhenServed(storm('heavy', { text }));
      const { cluster, object } = await opened('heavy');
      const { store } = cluster.follow(object);
      const followed = () => [...(valueOf(store.objects)?.values() ?? [])][0]?.json;
      await eventually(followed, (json) => JSON.stringify(json ?? {}).length > text.length, soon);
      assert(JSON.stringify(await cluster.read(object, signal)).length > text.length);
      const path = `/apis/${place.group}/${place.version}/namespaces/default/${place.resource}/heavy`;
      await world().lab.cluster.client.mergePatch(path, { spec: { mark: 'changed' } });
      await eventually(followed, (json) => JSON.stringify(json).includes('"mark":"changed"'), soon);
    });
  });

  it('of the greatest size of a built-in kind: listed, of its content nothing kept', async () => {
    const data = { text: 'x'.repeat(2 ** 20 - 4096) };
    await world().create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'heavy', namespace: 'default' },
      data,
    });
    const { cluster } = await world().open();
    const { store } = cluster.watch('configmaps', 'default');
    await namesWhen(store, (names) => names.includes('heavy'), soon);
    assert(JSON.stringify([...(valueOf(store.objects)?.values() ?? [])]).length < 4096);
  });

  it('that are releases with a malformed payload: each says so, the good one is read, nothing hangs', async () => {
    await world().create(namespaceObject('releases'));
    const good = { name: 'good', info: {}, chart: { metadata: { name: 'web', version: '1.2.3', appVersion: '4' } } };
    const packed = (value: string | Buffer) => gzipSync(value).toString('base64');
    const payloads: Readonly<Record<string, string | undefined>> = {
      good: packed(JSON.stringify({ ...good, manifest: '' })),
      absent: undefined,
      empty: '',
      'no-base64': '%%%',
      'no-gzip': base64('plain text'),
      'cut-off': packed(JSON.stringify(good)).slice(0, 40),
      'no-json': packed('{"name":'),
      'a-list': packed('[1,2]'),
      bomb: packed(`{"name":"${' '.repeat(64 * 2 ** 20)}`),
    };
    for (const [name, payload] of Object.entries(payloads)) await world().create(release(name, payload));
    const { cluster } = await world().open();
    const { store } = cluster.watch('troubledreleases', 'releases');
    const all = await eventually(
      () => [...(valueOf(store.objects)?.values() ?? [])],
      (seen) =>
        seen.length === Object.keys(payloads).length && seen.every(({ chart, payloadError }) => chart ?? payloadError),
      soon,
    );
    const unreadable = 'The payload of the release cannot be read: ';
    const said = Object.fromEntries(all.map(({ release: name, payloadError = '' }) => [name, payloadError]));
    assert.deepEqual(said, {
      good: '',
      absent: 'The release has no payload.',
      empty: 'The release has no payload.',
      'no-base64': 'The payload of the release names no chart.',
      'no-gzip': `${unreadable}{ expected at 0`,
      'cut-off': `${unreadable}unexpected end of file`,
      'no-json': 'The payload of the release names no chart.',
      'a-list': `${unreadable}{ expected at 0`,
      bomb: `${unreadable}it is too big`,
    });
    assert.deepEqual(all.find(({ release: name }) => name === 'good')?.chart, {
      name: 'web',
      version: '1.2.3',
      appVersion: '4',
    });
  });
}

/** As Helm stores it, in base64 once more. */
function release(name: string, payload: string | undefined): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `sh.helm.release.v1.${name}.v1`,
      namespace: 'releases',
      labels: { owner: 'helm', name, status: 'failed', version: '1' },
    },
    type: 'helm.sh/release.v1',
    ...(payload !== undefined && { data: { release: base64(payload) } }),
  };
}
