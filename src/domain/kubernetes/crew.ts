import type { Pod, ReplicaSet } from './model.ts';
import { controllerOf } from './workload-of.ts';

/** The pods that a workload keeps: by its ReplicaSets, or, where it has none, by itself. */
export function crewOf(uid: string, pods: Iterable<Pod>, replicaSets: Iterable<ReplicaSet>): readonly Pod[] {
  const keepers = new Set([uid]);
  for (const one of replicaSets) if (controllerOf(one)?.uid === uid) keepers.add(one.uid);
  return [...pods].filter((pod) => keepers.has(controllerOf(pod)?.uid ?? ''));
}
