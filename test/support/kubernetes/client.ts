import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KubernetesClient, createClusters } from '../../../src/clients/kubernetes/clusters.ts';
import { type Clock, systemClock } from '../../../src/core/clock.ts';
import { type Loadable, valueOf } from '../../../src/core/loadable.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { ObjectStore } from '../../../src/domain/kubernetes/store.ts';
import type { ClusterRef, KubeObject } from '../../../src/domain/kubernetes/model.ts';
import { eventually } from '../eventually.ts';

/** A folder for kubeconfigs, and a client that reads them. */
export interface TestClient {
  readonly client: KubernetesClient;
  readonly folder: string;
  readonly path: string;
  dispose(): Promise<void>;
}

export async function testClient(
  kubeconfig: unknown,
  { clock = systemClock, env = process.env }: { clock?: Clock; env?: NodeJS.ProcessEnv } = {},
): Promise<TestClient> {
  const folder = await mkdtemp(join(tmpdir(), 'jarvis-kube-'));
  const path = join(folder, 'config');
  await writeFile(path, JSON.stringify(kubeconfig));
  const client = createClusters({ kubeconfigPaths: () => [path], env, clock, log: silentLogger });
  return {
    client,
    folder,
    path,
    async dispose() {
      client.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A kubeconfig of one context, as kubectl would have it. */
export function kubeconfigFor(server: string, user: unknown = { token: 'secret' }, context = 'lab'): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    contexts: [{ name: context, context: { cluster: `${context}-cluster`, user: `${context}-user` } }],
    clusters: [{ name: `${context}-cluster`, cluster: { server } }],
    users: [{ name: `${context}-user`, user }],
  };
}

export function refFor(server: string, context = 'lab'): ClusterRef {
  return { context, server, cluster: `${context}-cluster` };
}

/** The names in the store once it is in that state. */
export async function namesWhen<T extends KubeObject>(
  store: ObjectStore<T>,
  holds: (names: readonly string[], state: Loadable<unknown>['state']) => boolean,
  withinMs?: number,
): Promise<readonly string[]> {
  const look = () => ({ names: namesIn(store), state: store.objects.state });
  return (await eventually(look, ({ names, state }) => holds(names, state), withinMs)).names;
}

export function namesIn<T extends KubeObject>(store: ObjectStore<T>): string[] {
  return [...(valueOf(store.objects)?.values() ?? [])].map(({ name }) => name).sort();
}
