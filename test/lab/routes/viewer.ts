import { createClusters, type KubernetesClient } from '../../../src/clients/kubernetes/clusters.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { World } from './world.ts';

/** For a suite: the world as the user sees it who may only read. */
export function asViewer(world: () => World): () => World {
  let client: KubernetesClient;
  before(() => {
    const kubeconfigPaths = () => [world().lab.description.viewerKubeconfig];
    client = createClusters({ kubeconfigPaths, env: process.env, clock: systemClock, log: silentLogger });
  });
  after(() => client.dispose());
  return () => ({ ...world(), client });
}
