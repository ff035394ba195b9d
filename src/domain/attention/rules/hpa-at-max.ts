import { t } from '../../../core/l10n.ts';
import { isAtMax } from '../../kubernetes/hpa.ts';
import type { Hpa, HpaMetric } from '../../kubernetes/model.ts';
import type { Rule } from '../model.ts';

export const hpaAtMax: Rule<Hpa> = {
  id: 'hpaAtMax',
  severity: 'error',
  source: 'kubernetes.io, "Horizontal Pod Autoscaling": algorithm details, ScalingLimited',
  check(hpa) {
    if (!isAtMax(hpa)) return undefined;
    const { name, maxReplicas, metrics, target } = hpa;
    const above = metrics.flatMap((metric) => aboveTarget(metric) ?? []).join(', ');
    const limited = hpa.conditions.find(({ type, status }) => type === 'ScalingLimited' && status === 'True');
    return {
      cause: '',
      sentence: () =>
        above === ''
          ? t('{0} runs its maximum of {1} replicas and wants more', name, maxReplicas)
          : t('{0} runs its maximum of {1} replicas and is still above target: {2}', name, maxReplicas, above),
      detail: () => [
        t(
          'The load is more than {0} {1} can share among so many pods. Raise the maximum (Scale HPA…) if the nodes have room.',
          target.kind,
          target.name,
        ),
      ],
      ...(limited?.changedAt !== undefined && { since: limited.changedAt }),
    };
  },
};

/** "cpu 200 %, target 50 %". */
function aboveTarget({ name, target, targetKind, current }: HpaMetric): string | undefined {
  if (current === undefined || current <= target) return undefined;
  const text = (value: number) => (targetKind === 'Utilization' ? t('{0} %', value) : String(value));
  return t('{0} at {1}, target {2}', name, text(current), text(target));
}
