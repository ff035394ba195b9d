import { t } from '../../../core/l10n.ts';
import { scalingTrouble } from '../../kubernetes/hpa.ts';
import type { Condition, Hpa } from '../../kubernetes/model.ts';
import { type Rule, minute } from '../model.ts';

/** New pods have no metrics for a while. */
const startingMs = minute;

/** It does not scale, since it gets no metrics, finds nothing to scale, or may not write it. */
export const hpaWithoutMetrics: Rule<Hpa> = {
  id: 'hpaWithoutMetrics',
  severity: 'warning',
  source: 'k8s.io/kubernetes pkg/controller/podautoscaler/horizontal.go: ScalingActive, AbleToScale',
  check(hpa) {
    const condition = scalingTrouble(hpa);
    if (!condition) return undefined;
    const { reason, message, changedAt: since = hpa.createdAt } = condition;
    return {
      cause: reason,
      since,
      from: since + startingMs,
      sentence: () => troubleInWords(hpa, condition),
      detail: () => [message],
    };
  },
};

function troubleInWords({ name, target }: Hpa, condition: Condition): string {
  if (condition.type === 'ScalingActive')
    return t('{0} does not scale, since it gets no metrics: {1}', name, whyInWords(condition));
  return condition.reason === 'FailedGetScale'
    ? t('{0} finds nothing to scale: {1}', name, `${target.kind} ${target.name}`)
    : t('{0} cannot scale: {1}', name, condition.message);
}

/** The controller wraps causes in causes; the innermost says it. */
function whyInWords({ message }: Condition): string {
  const [, resource, container] = /missing request for (\S+) in container (\S+)/.exec(message) ?? [];
  if (resource !== undefined && container !== undefined) return t('container {0} requests no {1}', container, resource);
  if (/could not find the requested resource|no metrics returned from|unable to fetch metrics/.test(message))
    return t('the metrics API has none');
  return message.split(': ').at(-1) ?? message;
}
