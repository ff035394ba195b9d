import type { Alarm, AlarmState } from './model.ts';

/** The worst first: what burns, then what cannot be known, then what is well. */
export const alarmStates: readonly AlarmState[] = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];

export interface AlarmFilter {
  /** Empty: every state. */
  readonly states: ReadonlySet<AlarmState>;
  /** Each word must be found in the name, description, metric, dimensions or account. Letter case does not matter. */
  readonly text: string;
}

/** Worst state first; in one state the latest change first, then by name. */
export function compareAlarms(a: Alarm, b: Alarm): number {
  return (
    alarmStates.indexOf(a.state) - alarmStates.indexOf(b.state) ||
    b.since - a.since ||
    a.name.localeCompare(b.name) ||
    a.arn.localeCompare(b.arn)
  );
}

export function filterAlarms(alarms: Iterable<Alarm>, filter: AlarmFilter): readonly Alarm[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return [...alarms]
    .filter((alarm) => filter.states.size === 0 || filter.states.has(alarm.state))
    .filter((alarm) => {
      const text = searchText(alarm);
      return words.every((word) => text.includes(word));
    })
    .sort(compareAlarms);
}

function searchText(alarm: Alarm): string {
  const metrics = [alarm.metric, ...(alarm.queries ?? []).map((query) => query.metric)];
  const ofMetrics = metrics.flatMap((metric) =>
    metric ? [metric.namespace, metric.name, ...Object.values(metric.dimensions)] : [],
  );
  return [alarm.name, alarm.description, alarm.account, alarm.region, alarm.scope, ...ofMetrics]
    .join('\n')
    .toLowerCase();
}
