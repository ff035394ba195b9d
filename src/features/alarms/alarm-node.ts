import type { Clock } from '../../core/clock.ts';
import { t } from '../../core/l10n.ts';
import { alarmInWords, metricInWords } from '../../domain/alarms/in-words.ts';
import type { Alarm } from '../../domain/alarms/model.ts';
import { stateInWords } from '../../domain/alarms/state-in-words.ts';
import { metricsOf } from '../../domain/alarms/subject.ts';
import { duration, fullTime } from '../../ui/time.ts';
import type { Branch, Tooltip, TreeNode } from '../../ui/tree/model.ts';
import { chartOf, isAboutPods, stateIcon } from './alarm-facts.ts';

/** One alarm: how long it has been so, and why, in plain words. */
export function alarmNode(alarm: Alarm, clock: Clock, branch: Branch): TreeNode {
  const { arn, scope, name, state } = alarm;
  return {
    key: arn,
    row() {
      const age = duration(clock.now() - alarm.since);
      const words = alarmInWords(alarm);
      return {
        label: name,
        description: `${age} · ${words}`,
        icon: stateIcon(state),
        context: isAboutPods(alarm) ? `alarm ${state} scalable` : `alarm ${state}`,
        spoken: t('{0}: {1} for {2}. {3}', name, stateInWords(state), age, words),
      };
    },
    subject: { alarm: { arn, scope, name }, chart: chartOf(alarm), copyText: name },
    branch,
    tooltip: () => alarmTooltip(alarm),
  };
}

function alarmTooltip(alarm: Alarm): Tooltip {
  const metrics = metricsOf(alarm).map(
    (metric) => [metricInWords(metric), `${metric.namespace} ${metric.name} (${metric.statistic})`] as const,
  );
  const dimensions = metricsOf(alarm).flatMap((metric) => Object.entries(metric.dimensions));
  return {
    title: alarm.name,
    facts: [
      [t('State'), stateInWords(alarm.state)],
      [t('Since'), fullTime(alarm.since)],
      [t('Account'), `${alarm.account} ${alarm.region}`],
      ...metrics,
      ...new Map(dimensions),
      ...(alarm.rule ? [[t('Rule'), alarm.rule] as const] : []),
      ...(alarm.actionsEnabled ? [] : [[t('Actions'), t('switched off')] as const]),
    ],
    text: [alarm.reason, alarm.description].filter(Boolean),
  };
}
