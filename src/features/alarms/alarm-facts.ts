import type { Alarm, AlarmState } from '../../domain/alarms/model.ts';
import { subjectOf } from '../../domain/alarms/subject.ts';
import type { ChartSubject } from '../../domain/metrics/model.ts';
import type { Icon } from '../../ui/tree/model.ts';

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

/** More replicas can only help where pods share the work. */
export function isAboutPods(alarm: Alarm): boolean {
  const kind = subjectOf(alarm)?.kind;
  return kind === 'Workload' || kind === 'Pod' || kind === 'Service';
}
