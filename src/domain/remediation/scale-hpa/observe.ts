import type { Cluster } from '../../kubernetes/cluster.ts';
import type { Hpa, Node, Pod, Workload } from '../../kubernetes/model.ts';
import { named, once, onceIfSeen } from '../../kubernetes/once.ts';
import type { PlanContext } from '../remediation.ts';
import type { PlanRequest } from '../runs.ts';
import { targetKinds } from '../target-kinds.ts';

/** The world around an HPA. What this user may not see is undefined, and the forecast says so. */
export interface Surroundings {
  readonly hpa: Hpa;
  /** What it scales; undefined, too, where that is of another kind. */
  readonly workload: Workload | undefined;
  readonly nodes: readonly Node[] | undefined;
  readonly pods: readonly Pod[] | undefined;
}

/** @throws JarvisError kube.notFound, kube.forbidden … when the HPA itself cannot be seen */
export async function observe(
  { pointer }: PlanRequest,
  { cluster }: PlanContext,
  signal: AbortSignal,
): Promise<Surroundings> {
  const { namespace, name } = pointer;
  const [hpas, nodes, pods] = await Promise.all([
    once(cluster, 'horizontalpodautoscalers', namespace, signal),
    onceIfSeen(cluster, 'nodes', undefined, signal),
    onceIfSeen(cluster, 'pods', undefined, signal),
  ]);
  const hpa = named(hpas, 'HorizontalPodAutoscaler', namespace, name);
  return { hpa, workload: await scaledBy(hpa, cluster, signal), nodes, pods };
}

async function scaledBy({ target, namespace }: Hpa, cluster: Cluster, signal: AbortSignal) {
  const { kind, name } = target;
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return undefined;
  const workloads: readonly Workload[] | undefined = await onceIfSeen(cluster, targetKinds[kind], namespace, signal);
  return workloads?.find((workload) => workload.name === name);
}
