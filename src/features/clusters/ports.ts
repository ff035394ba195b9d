import type { Clock } from '../../core/clock.ts';
import type { Cluster, Clusters } from '../../domain/kubernetes/cluster.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';

export interface ClustersPorts {
  readonly clusters: Clusters;
  readonly clock: Clock;
}

/** One cluster as its nodes need it; `now` is the server's time, so that ages are right on a machine whose clock is not. */
export interface ClusterPorts {
  readonly ref: ClusterRef;
  readonly cluster: Cluster;
  readonly now: () => number;
}

/** @throws JarvisError kube.contextMissing */
export function clusterPorts({ clusters, clock }: ClustersPorts, ref: ClusterRef): ClusterPorts {
  const cluster = clusters.cluster(ref);
  return { ref, cluster, now: () => clock.now() + cluster.clockSkew };
}
