import { lastingContainers } from './containers.ts';
import { isAtMax } from './hpa.ts';
import type { Hpa, Job, Node, PersistentVolumeClaim, Pod, ReleaseRevision, Workload } from './model.ts';

/** How a thing is, as a row's icon says it. `idle`: nothing is wanted of it; `busy`: on its way to where it should be. */
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

export function jobHealth({ conditions, suspended, active }: Job): Health {
  const holds = (type: string) => conditions.some((one) => one.type === type && one.status === 'True');
  if (holds('Failed')) return 'bad';
  if (holds('Complete')) return 'good';
  if (suspended) return 'idle';
  return active > 0 ? 'busy' : 'idle';
}

export function hpaHealth(hpa: Hpa): Health {
  const failing = hpa.conditions.some(
    ({ type, status, reason }) =>
      (type === 'AbleToScale' || type === 'ScalingActive') && status === 'False' && reason !== 'ScalingDisabled',
  );
  return isAtMax(hpa) || failing ? 'warning' : 'good';
}

export function claimHealth({ phase }: PersistentVolumeClaim): Health {
  if (phase === 'Bound') return 'good';
  return phase === 'Lost' ? 'bad' : 'warning';
}

/** Conditions other than Ready tell of a pressure or a fault when they are true (core/v1 NodeConditionType). */
export function nodeHealth({ conditions, unschedulable }: Node): Health {
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (ready?.status !== 'True') return 'bad';
  if (pressures(conditions).length > 0) return 'warning';
  return unschedulable ? 'idle' : 'good';
}

export function pressures(conditions: Node['conditions']): readonly string[] {
  return conditions.filter(({ type, status }) => type !== 'Ready' && status === 'True').map(({ type }) => type);
}

/** Helm's statuses: helm.sh/helm/v3/pkg/release, status.go. */
export function releaseHealth({ status }: Pick<ReleaseRevision, 'status'>): Health {
  if (status === 'deployed') return 'good';
  if (status === 'superseded' || status === 'uninstalled') return 'idle';
  return status === 'failed' ? 'bad' : 'warning';
}
