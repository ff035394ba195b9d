import { isCancelled } from '../../../core/errors.ts';
import type { Deployment, Hpa, Node, Pod } from '../../kubernetes/model.ts';
import { named, once } from '../../kubernetes/once.ts';
import type { PlanContext } from '../remediation.ts';
import type { PlanRequest } from '../runs.ts';

/** The world around an HPA. What this user may not see is undefined, and the forecast says so. */
export interface Surroundings {
  readonly hpa: Hpa;
  readonly workload: Deployment | undefined;
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
  const ifAllowed = <T>(objects: Promise<T>) => objects.catch(unlessCancelled);
  const [hpas, deployments, nodes, pods] = await Promise.all([
    once(cluster, 'horizontalpodautoscalers', namespace, signal),
    ifAllowed(once(cluster, 'deployments', namespace, signal)),
    ifAllowed(once(cluster, 'nodes', undefined, signal)),
    ifAllowed(once(cluster, 'pods', undefined, signal)),
  ]);
  const hpa = named(hpas, 'HorizontalPodAutoscaler', namespace, name);
  const isTarget = (deployment: Deployment) => hpa.target.kind === 'Deployment' && deployment.name === hpa.target.name;
  return { hpa, workload: deployments?.find(isTarget), nodes, pods };
}

function unlessCancelled(error: unknown): undefined {
  if (isCancelled(error)) throw error;
}
