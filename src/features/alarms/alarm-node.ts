import type { Clock } from '../../core/clock.ts';
import { t } from '../../core/l10n.ts';
import { alarmInWords, metricInWords, stateInWords } from '../../domain/alarms/in-words.ts';
import type { Alarm, AlarmState } from '../../domain/alarms/model.ts';
import { metricsOf, subjectOf } from '../../domain/alarms/subject.ts';
import type { ChartSubject } from '../../domain/metrics/model.ts';
import { duration, fullTime } from '../../ui/time.ts';
import type { Branch, Icon, Tooltip, TreeNode } from '../../ui/tree/model.ts';

/** Each state has a shape of its own; the colour repeats it. */
const icons: Readonly<Record<AlarmState, Icon>> = {
  ALARM: { id: 'error', color: 'problemsErrorIcon.foreground' },
  INSUFFICIENT_DATA: { id: 'question', color: 'problemsWarningIcon.foreground' },
  OK: { id: 'pass', color: 'testing.iconPassed' },
};

export function stateIcon(state: AlarmState): Icon {
  return icons[state];
}

export function chartOf(alarm: Alarm): ChartSubject {
  return { kind: 'alarm', alarm: { arn: alarm.arn, scope: alarm.scope }, name: alarm.name };
}

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

/** More replicas can only help where pods share the work. */
export function isAboutPods(alarm: Alarm): boolean {
  const kind = subjectOf(alarm)?.kind;
  return kind === 'Workload' || kind === 'Pod' || kind === 'Service';
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
