import { t } from '../../../core/l10n.ts';
import { hasEnded } from '../../kubernetes/health.ts';
import type { Condition, Pod } from '../../kubernetes/model.ts';
import { type Problem, type Rule, minute } from '../model.ts';
import { readSchedulerMessage, verdictInWords } from '../scheduler-message.ts';

export const unschedulable: Rule<Pod> = {
  id: 'unschedulable',
  severity: 'error',
  source: 'kubernetes.io, "Pod Lifecycle": PodScheduled; k8s.io/kubernetes pkg/scheduler/framework/types.go',
  covers: ['notReady'],
  check(pod) {
    if (hasEnded(pod) || pod.nodeName !== '') return undefined;
    const condition = pod.conditions.find(({ type }) => type === 'PodScheduled');
    return condition?.status === 'False' ? refused(condition, pod) : overlooked(pod);
  },
};

function refused(condition: Condition, pod: Pod): Problem {
  const { reason, message, changedAt } = condition;
  const since = changedAt ?? pod.createdAt;
  if (reason === 'SchedulingGated')
    return {
      cause: reason,
      since,
      sentence: ({ name, count }) =>
        count === 1
          ? t('{0} is held back by its scheduling gates', name)
          : t('{0} pods of {1} are held back by their scheduling gates', count, name),
      detail: () => [message].filter((text) => text !== ''),
    };
  const verdict = readSchedulerMessage(message);
  const why = verdictInWords(verdict);
  return {
    cause: verdict.obstacles.map(({ id }) => id).join('|'),
    since,
    sentence: ({ name, count }) =>
      count === 1 ? t('{0} finds no node: {1}', name, why) : t('{0} pods of {1} find no node: {2}', count, name, why),
    detail: () => [...(verdict.preemption === '' ? [] : [t('No other pods can be evicted to make room.')]), message],
  };
}

/** A pod for which nobody has looked: its scheduler does not run, or goes by another name. */
function overlooked({ createdAt }: Pod): Problem {
  return {
    cause: '',
    since: createdAt,
    from: createdAt + minute,
    sentence: ({ name, count }) =>
      count === 1
        ? t('No scheduler has looked for a node for {0}', name)
        : t('No scheduler has looked for nodes for {0} pods of {1}', count, name),
    detail: () => [t('Does the scheduler run that the pod names in spec.schedulerName?')],
  };
}
