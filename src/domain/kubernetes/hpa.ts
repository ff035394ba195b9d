import { t } from '../../core/l10n.ts';
import type { Condition, Hpa, HpaMetric } from './model.ts';

/** kube-controller-manager's default: a ratio this close to 1 changes nothing. */
const tolerance = 0.1;

export interface ReplicaForecast {
  /** What the HPA will set. */
  readonly replicas: number;
  /** What its formula gives before minReplicas and the maximum bound it. */
  readonly unbounded: number;
}

/**
 * What the HPA makes of its present metrics with another maximum; undefined where no metric has a value.
 * Source: kubernetes.io, "Horizontal Pod Autoscaling", algorithm details: ceil(current * value / target) for each metric, the
 * largest wins, and within the tolerance nothing changes.
 */
export function forecastReplicas(hpa: Hpa, maxReplicas: number): ReplicaForecast | undefined {
  const wishes = hpa.metrics.flatMap((metric) => wish(metric, hpa.currentReplicas) ?? []);
  if (wishes.length === 0) return undefined;
  const unbounded = Math.max(...wishes);
  return { unbounded, replicas: Math.min(maxReplicas, Math.max(hpa.minReplicas, unbounded)) };
}

function wish({ current, target }: HpaMetric, replicas: number): number | undefined {
  if (current === undefined || target <= 0) return undefined;
  const ratio = current / target;
  return Math.abs(ratio - 1) <= tolerance ? replicas : Math.ceil(replicas * ratio);
}

/** It runs as many replicas as it may, and its metrics ask for more. */
export function isAtMax(hpa: Hpa): boolean {
  if (hpa.currentReplicas < hpa.maxReplicas) return false;
  const limited = hpa.conditions.some(
    ({ type, status, reason }) => type === 'ScalingLimited' && status === 'True' && reason === 'TooManyReplicas',
  );
  return limited || (forecastReplicas(hpa, hpa.maxReplicas)?.unbounded ?? 0) > hpa.maxReplicas;
}

/**
 * What keeps it from scaling at all; one that is switched off by 0 replicas is in order.
 * Source: k8s.io/kubernetes pkg/controller/podautoscaler/horizontal.go: ScalingActive, AbleToScale.
 */
export function scalingTrouble({ conditions }: Hpa): Condition | undefined {
  return conditions.find(
    ({ type, status, reason }) =>
      (type === 'ScalingActive' || type === 'AbleToScale') && status === 'False' && reason !== 'ScalingDisabled',
  );
}

/**
 * A condition as one sentence. Source: k8s.io/kubernetes pkg/controller/podautoscaler, the reasons that the controller sets.
 */
export function hpaConditionInWords({ type, status, reason, message }: Condition): string {
  switch (`${type} ${status}`) {
    case 'ScalingLimited True':
      return limitInWords(reason, message);
    case 'ScalingLimited False':
      return t('it runs as many replicas as its metrics ask for');
    case 'ScalingActive True':
      return t('it gets its metrics');
    case 'ScalingActive False':
      return reason === 'ScalingDisabled'
        ? t('scaling is disabled: the workload has 0 replicas')
        : t('it gets no metrics: {0}', message);
    case 'AbleToScale True':
      return t('it can scale');
    case 'AbleToScale False':
      return t('it cannot scale: {0}', message);
    default:
      return `${type} ${status}: ${message}`;
  }
}

function limitInWords(reason: string, message: string): string {
  if (reason === 'TooManyReplicas') return t('it wants more replicas than its maximum');
  if (reason === 'TooFewReplicas') return t('it wants fewer replicas than its minimum');
  return message;
}
