import { lastingContainers } from './containers.ts';
import { isAtMax, scalingTrouble } from './hpa.ts';
import type { Condition, Hpa, Job, Node, PersistentVolumeClaim, Pod, ReleaseRevision, Workload } from './model.ts';

/**
 * How a thing is at this moment, as a row's icon says it. From the same facts, the rules of what needs attention tell when
 * and why that becomes a matter for people: they know of time, and of what is around it. `idle`: nothing is wanted of it; `busy`: on its way to where it should be.
 */
export type Health = 'good' | 'busy' | 'idle' | 'warning' | 'bad';

export function isProblem(health: Health): boolean {
  return health === 'warning' || health === 'bad';
}

/** Source: the reasons that `kubectl get pods` prints (k8s.io/kubernetes pkg/printers/internalversion, printPod). */
export function podHealth(pod: Pod): Health {
  if (pod.deletedAt !== undefined) return 'idle';
  if (pod.phase === 'Succeeded') return 'good';
  if (pod.phase === 'Failed' || /BackOff|Error|Err[A-Z]|OOMKilled/.test(pod.reason)) return 'bad';
  if (pod.phase === 'Pending') return 'warning';
  return readyContainers(pod) < lastingContainers(pod).length ? 'warning' : 'good';
}

/** What kubectl counts as ready, of {@link lastingContainers}. */
export function readyContainers(pod: Pod): number {
  return lastingContainers(pod).filter(({ ready }) => ready).length;
}

export function workloadHealth({ ready, wanted, updated }: Pick<Workload, 'ready' | 'wanted' | 'updated'>): Health {
  if (wanted === 0) return 'idle';
  if (ready === 0) return 'bad';
  if (ready < wanted) return 'warning';
  return updated < wanted ? 'busy' : 'good';
}

export function jobHealth(job: Job): Health {
  if (failureOf(job)) return 'bad';
  if (holding(job.conditions, 'Complete')) return 'good';
  return job.active > 0 && !job.suspended ? 'busy' : 'idle';
}

export function failureOf({ conditions }: Job): Condition | undefined {
  return holding(conditions, 'Failed');
}

function holding(conditions: readonly Condition[], wanted: string): Condition | undefined {
  return conditions.find(({ type, status }) => type === wanted && status === 'True');
}

export function hpaHealth(hpa: Hpa): Health {
  return isAtMax(hpa) || scalingTrouble(hpa) ? 'warning' : 'good';
}

export function claimHealth({ phase }: PersistentVolumeClaim): Health {
  if (phase === 'Bound') return 'good';
  return phase === 'Lost' ? 'bad' : 'warning';
}

export function nodeHealth({ conditions, unschedulable }: Node): Health {
  if (readiness(conditions)?.status !== 'True') return 'bad';
  if (shortages(conditions).length > 0) return 'warning';
  return unschedulable ? 'idle' : 'good';
}

export function readiness(conditions: readonly Condition[]): Condition | undefined {
  return conditions.find(({ type }) => type === 'Ready');
}

/** core/v1 NodeConditionType but for Ready. What others add may as well tell of something good: EtcdIsVoter. */
const shortageTypes = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'] as const;

export interface Shortage extends Condition {
  readonly type: (typeof shortageTypes)[number];
}

export function shortages(conditions: readonly Condition[]): readonly Shortage[] {
  return conditions.filter((one): one is Shortage => one.status === 'True' && isShortage(one.type));
}

function isShortage(type: string): type is Shortage['type'] {
  return shortageTypes.some((one) => one === type);
}

/** Helm's statuses: helm.sh/helm/v3/pkg/release, status.go. */
export function releaseHealth({ status }: Pick<ReleaseRevision, 'status'>): Health {
  if (status === 'deployed') return 'good';
  if (status === 'superseded' || status === 'uninstalled') return 'idle';
  return status === 'failed' ? 'bad' : 'warning';
}

export function hasEnded({ phase, deletedAt }: Pod): boolean {
  return phase === 'Succeeded' || phase === 'Failed' || deletedAt !== undefined;
}
