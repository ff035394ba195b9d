import type { Clock } from '../../core/clock.ts';
import type { SecretAges } from '../../domain/evidence/secret-ages.ts';
import type { Cluster, Clusters } from '../../domain/kubernetes/cluster.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import type { RouteId } from '../../domain/remediation/route.ts';
import type { LookSource } from './look/look-state.ts';

export interface ClustersPorts {
  readonly clusters: Clusters;
  readonly clock: Clock;
  /** What the person chose to see. */
  readonly looks: LookSource;
  /** The way that writes go unless somebody says otherwise. */
  readonly defaultRoute: () => RouteId;
  /** Absent: nobody is asked how old Vault's secrets are. */
  readonly vault?: SecretAges;
}

/** One cluster as its nodes need it; `now` is the server's time, so that ages are right on a machine whose clock is not. */
export interface ClusterPorts {
  readonly ref: ClusterRef;
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly now: () => number;
  readonly vault?: SecretAges;
}

/** A part of a cluster that groups show. */
export interface Place {
  readonly ref: ClusterRef;
  readonly namespace: string;
  /** Only what belongs to the Helm release; `null`: only what belongs to none. */
  readonly release?: string | null;
}

/** @throws JarvisError kube.contextMissing */
export function clusterPorts({ clusters, clock, vault }: ClustersPorts, ref: ClusterRef): ClusterPorts {
  const cluster = clusters.cluster(ref);
  return { ref, cluster, clock, now: () => clock.now() + cluster.clockSkew, ...(vault && { vault }) };
}
