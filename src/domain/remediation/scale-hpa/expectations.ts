import { t } from '../../../core/l10n.ts';
import type { Hpa } from '../../kubernetes/model.ts';
import type { Expectation } from '../expectation.ts';
import type { PlanRequest } from '../runs.ts';

const seconds = 1_000;
const minutes = 60 * seconds;

/**
 * How a change of maxReplicas is verified. The field must change. Where it was raised, the incident must end too: replicas
 * come up (an HPA acts each 15 s and pods need to start), the metric falls to its target, and the alarm that was the
 * reason returns to OK. Lowering it (an undo) promises nothing but the field.
 */
export function expectationsOf(
  hpa: Hpa,
  maxReplicas: number,
  wanted: number | undefined,
  alarm: PlanRequest['alarm'],
): Expectation[] {
  const field: Expectation = {
    id: 'field',
    role: 'change',
    label: t('maxReplicas is {0}', maxReplicas),
    withinMs: 30 * seconds,
    check: { kind: 'field', path: 'spec.maxReplicas', equals: maxReplicas },
  };
  if (maxReplicas < hpa.maxReplicas) return [field];
  return [field, ...replicas(hpa, maxReplicas, wanted), ...utilization(hpa), ...(alarm ? [alarmOk(alarm)] : [])];
}

/** Of what is watched; an HPA may scale anything. */
function replicas(hpa: Hpa, maxReplicas: number, wanted: number | undefined): Expectation[] {
  const { kind } = hpa.target;
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return [];
  const atLeast = Math.min(maxReplicas, wanted ?? hpa.currentReplicas);
  return [
    {
      id: 'replicas',
      role: 'recovery',
      label: t('{0} replicas ready', atLeast),
      withinMs: 5 * minutes,
      check: { kind: 'replicasReady', of: kind, atLeast },
    },
  ];
}

/** The HPA's own target; its tolerance of 10 % counts as met (kube-controller-manager's default). */
function utilization(hpa: Hpa): Expectation[] {
  const metric = hpa.metrics.find(({ type, targetKind }) => type === 'Resource' && targetKind === 'Utilization');
  if (!metric) return [];
  const atMost = Math.floor(metric.target * 1.1);
  return [
    {
      id: 'utilization',
      role: 'recovery',
      label: t('{0} per pod at most {1} %', metric.name, atMost),
      withinMs: 5 * minutes,
      check: { kind: 'utilization', metric: metric.name, atMost },
    },
  ];
}

function alarmOk(alarm: NonNullable<PlanRequest['alarm']>): Expectation {
  return {
    id: 'alarm',
    role: 'recovery',
    label: t('alarm {0} is OK', alarm.name),
    withinMs: 10 * minutes,
    check: { kind: 'alarmOk', alarm: { arn: alarm.arn, scope: alarm.scope } },
  };
}
