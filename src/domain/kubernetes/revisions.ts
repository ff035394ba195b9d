import type { KubeObject, Pod, ReplicaSet } from './model.ts';
import { controllerOf } from './workload-of.ts';

/** The ReplicaSets of a Deployment, told apart by what they are for. */
export interface Revisions {
  /** The one that the Deployment wants now: the highest revision. */
  readonly current: ReplicaSet | undefined;
  /** On their way out: they still have or want pods. Newest first. */
  readonly leaving: readonly ReplicaSet[];
  /** Kept for a rollback alone. Newest first. */
  readonly older: readonly ReplicaSet[];
}

/**
 * Source: k8s.io/kubernetes pkg/controller/deployment/util: the new ReplicaSet has the highest
 * `deployment.kubernetes.io/revision`, and a rollback gives an old one a new number.
 */
export function revisionsOf(deployment: Pick<KubeObject, 'uid'>, replicaSets: Iterable<ReplicaSet>): Revisions {
  const own = [...replicaSets].filter((one) => controllerOf(one)?.uid === deployment.uid);
  const [current, ...others] = own.sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0));
  const isEmpty = ({ wanted, ready }: ReplicaSet) => wanted === 0 && ready === 0;
  return { current, leaving: others.filter((one) => !isEmpty(one)), older: others.filter(isEmpty) };
}

/** Is the pod one of the ReplicaSet's? */
export function isPodOf({ uid }: Pick<ReplicaSet, 'uid'>, pod: Pick<Pod, 'owners'>): boolean {
  return controllerOf(pod)?.uid === uid;
}
