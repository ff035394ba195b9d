import { crewOf } from '../../kubernetes/crew.ts';
import type { KubeObject, Pod } from '../../kubernetes/model.ts';
import type { Lease } from '../../kubernetes/store.ts';
import { allOf, type Looking } from './check.ts';

/** The target's pods, watched with what stands between. */
export interface WatchedCrew {
  readonly leases: readonly Lease<KubeObject>[];
  /** Undefined: they are not known yet. @throws JarvisError why they cannot be seen now */
  now(): readonly Pod[] | undefined;
}

export function watchCrew({ world, target: { cluster: ref, kind, namespace, uid } }: Looking): WatchedCrew {
  const cluster = world.clusters.cluster(ref);
  const pods = cluster.watch('pods', namespace);
  const replicaSets = kind === 'Deployment' ? cluster.watch('replicasets', namespace) : undefined;
  return {
    leases: replicaSets ? [pods, replicaSets] : [pods],
    now() {
      const [all, keepers] = [allOf(pods), replicaSets ? allOf(replicaSets) : []];
      return all && keepers && crewOf(uid, all, keepers);
    },
  };
}
