import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';
import { valueOf } from '../../../src/core/loadable.ts';
import type { Cluster } from '../../../src/domain/kubernetes/cluster.ts';
import type { Kind, KindMap } from '../../../src/domain/kubernetes/kind-map.ts';
import type { Lease } from '../../../src/domain/kubernetes/store.ts';
import { AbortListeners } from '../../support/abort-listeners.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { namespaceObject } from '../cluster/objects.ts';
import { Wire } from '../faults/wire.ts';
import type { World } from './world.ts';

const rounds = 50;
/** The others lose their connections only, in turn in each way there is: a restart takes seconds of two processors. */
const kills = Number(process.env['JARVIS_APISERVER_KILLS'] ?? 6);
const namespace = 'storm';
const watched = [
  ['namespaces', undefined, '/api/v1/namespaces'],
  ['configmaps', undefined, '/api/v1/configmaps'],
  ['configmaps', namespace, `/api/v1/namespaces/${namespace}/configmaps`],
  ['deployments', namespace, `/apis/apps/v1/namespaces/${namespace}/deployments`],
  ['replicasets', namespace, `/apis/apps/v1/namespaces/${namespace}/replicasets`],
  ['pods', namespace, `/api/v1/namespaces/${namespace}/pods`],
] as const satisfies readonly (readonly [Kind, string | undefined, string])[];

const Listed = v.object({ metadata: v.object({ uid: v.string(), resourceVersion: v.string() }) });

/** Fifty times, while everything changes all the time. */
export function restartWeather(world: () => World): void {
  it(`an API server that goes away ${rounds} times under changes, ${kills} of them by kill -9: the same as a fresh list, no leak`, async () => {
    const { lab } = world();
    const wire = await Wire.to(world().proxied);
    const warnings: string[] = [];
    const warned = (warning: Error) => warnings.push(warning.message);
    process.on('warning', warned);
    const listeners = new AbortListeners();
    const changes = await startChanges(world());
    try {
      const { cluster, client } = await world().open({ server: wire.url }, fastClock(8));
      const leases = watched.map(([kind, scope]) => lease(cluster, kind, scope));
      let settled = { memory: 0, listeners: 0 };
      for (let round = 0; round < rounds; round++) {
        await strike(world(), round);
        if (round === 9) settled = { memory: memory(), listeners: listeners.count };
      }
      lab.faults.clear();
      await changes.stop();
      await Promise.all(leases.map((one, index) => equalsList(world(), one, watched[index]?.[2] ?? '')));
      assert(wire.open <= leases.length + 1, `${wire.open} connections for ${leases.length} watches`);
      const [bytes, waiting] = [memory() - settled.memory, listeners.count - settled.listeners];
      assert(bytes < 8 * 2 ** 20, `${bytes} bytes more than after ten rounds`);
      assert(waiting < 20, `${waiting} listeners more than after ten rounds`);
      client.dispose();
      await eventually(
        () => wire.open,
        (open) => open === 0,
      );
      assert.deepEqual(warnings, []);
    } finally {
      process.off('warning', warned);
      listeners.dispose();
      await changes.stop();
      wire.dispose();
    }
  });
}

function lease<K extends Kind>(cluster: Cluster, kind: K, scope: string | undefined): Lease<KindMap[K]> {
  return scope === undefined ? cluster.watch(kind) : cluster.watch(kind, scope);
}

/** One round of weather. */
async function strike({ lab }: World, round: number): Promise<void> {
  const { kubernetes, apiserver } = lab.faults;
  const isKill = Math.floor(((round + 1) * kills) / rounds) > Math.floor((round * kills) / rounds);
  if (isKill) {
    await apiserver.kill();
    await apiserver.start();
    return;
  }
  const path = 'watch=1';
  const faults = [
    () => undefined,
    () => kubernetes.add({ kind: 'cut', afterBytes: 500 + 37 * round }, { times: 4, path }),
    () => kubernetes.add({ kind: 'respond', status: 410 }, { times: 3, path }),
    () => kubernetes.add({ kind: 'respond', status: 503 }, { times: 6, path }),
    () => kubernetes.add({ kind: 'reset' }, { times: 5, path }),
  ];
  faults[round % faults.length]?.();
  kubernetes.cutConnections();
  await wait(250);
}

/** Makes, changes and deletes objects without a pause, past the fault proxy; what fails meanwhile fails. */
async function startChanges(world: World): Promise<{ stop(): Promise<void> }> {
  const { client } = world.lab.cluster;
  await world.create(namespaceObject(namespace));
  await world.lab.kubectl('-n', namespace, 'create', 'deployment', 'web', '--image', 'web:1');
  const place = `/api/v1/namespaces/${namespace}/configmaps`;
  const web = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
  const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });
  let count = 0;
  const change = async () => {
    count++;
    await client.create(configMap(`drop-${count}`));
    await client.mergePatch(`${place}/drop-${count}`, { data: { count: String(count) } });
    if (count % 3 > 0) await client.remove(`${place}/drop-${count}`);
    if (count % 20 === 0) await client.mergePatch(web, { spec: { replicas: (count / 20) % 4 } });
  };
  const ended = new AbortController();
  const running = (async () => {
    while (!ended.signal.aborted) {
      await change().catch(() => undefined);
      await wait(20);
    }
  })();
  return {
    stop: () => {
      ended.abort();
      return running;
    },
  };
}

/** Every object in its last version, none twice, none too many. */
async function equalsList({ lab }: World, { store }: Lease<KindMap[Kind]>, path: string): Promise<void> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const listed = (await lab.cluster.client.list(path, Listed)).map(
      ({ metadata }) => `${metadata.uid} ${metadata.resourceVersion}`,
    );
    const seen = [...(valueOf(store.objects)?.values() ?? [])].map(
      ({ uid, resourceVersion }) => `${uid} ${resourceVersion}`,
    );
    if (store.objects.state === 'ready' && listed.sort().join() === seen.sort().join()) return;
    if (Date.now() > deadline) assert.deepEqual(seen, listed, `${path} is ${store.objects.state}`);
    await wait(200);
  }
}

/** Bytes in use after everything that can be thrown away was. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
