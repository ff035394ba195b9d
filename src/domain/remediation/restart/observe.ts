import { type Evidence, evidenceOf } from '../../evidence/evidence.ts';
import { hasEnded } from '../../kubernetes/health.ts';
import { readKnown } from '../../evidence/known.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { crewOf } from '../../kubernetes/crew.ts';
import type { Pod, PodDisruptionBudget } from '../../kubernetes/model.ts';
import { onceIfSeen } from '../../kubernetes/once.ts';
import { matches } from '../../kubernetes/selector.ts';
import { fieldAt } from '../../kubernetes/field-path.ts';
import type { JsonObject } from '../json.ts';
import type { PlanContext } from '../remediation.ts';
import type { Target } from '../target.ts';
import { type Rollout, rolloutOf } from './rollout.ts';

/** The world around a workload. What this user may not see is undefined, and the forecast says so. */
export interface Surroundings {
  readonly wanted: number;
  readonly rollout: Rollout;
  /** The workload's own, which have not ended. */
  readonly pods: readonly Pod[] | undefined;
  /** Those that choose some of its pods. */
  readonly budgets: readonly PodDisruptionBudget[] | undefined;
  readonly evidence: readonly Evidence[];
}

export async function observe(
  target: Target,
  object: JsonObject,
  context: PlanContext,
  signal: AbortSignal,
): Promise<Surroundings> {
  const { cluster } = context;
  const { kind, namespace } = target;
  const [pods, budgets] = await Promise.all([
    readCrew(cluster, target, signal),
    onceIfSeen(cluster, 'poddisruptionbudgets', namespace, signal),
  ]);
  const living = pods?.filter((pod) => !hasEnded(pod));
  const known = await readKnown(context, { namespace, pods: living ?? [] }, signal);
  const wanted = wantedOf(kind, object);
  return {
    wanted,
    rollout: rolloutOf(kind, object, wanted),
    pods: living,
    budgets: budgets?.filter(({ selector }) => selector && living?.some(({ labels }) => matches(selector, labels))),
    evidence: evidenceOf(living ?? [], known),
  };
}

/** Undefined: this user may not look. */
async function readCrew(
  cluster: Cluster,
  { kind, namespace, uid }: Target,
  signal: AbortSignal,
): Promise<readonly Pod[] | undefined> {
  const [pods, replicaSets] = await Promise.all([
    onceIfSeen(cluster, 'pods', namespace, signal),
    kind === 'Deployment' ? onceIfSeen(cluster, 'replicasets', namespace, signal) : [],
  ]);
  return pods && replicaSets && crewOf(uid, pods, replicaSets);
}

/** apps/v1: replicas is 1 where it is not given; of a DaemonSet the controller counts the nodes. */
function wantedOf(kind: string, object: JsonObject): number {
  const value = fieldAt(object, kind === 'DaemonSet' ? 'status.desiredNumberScheduled' : 'spec.replicas');
  return typeof value === 'number' ? value : 1;
}
