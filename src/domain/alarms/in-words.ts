import { t } from '../../core/l10n.ts';
import type { Alarm, AlarmMetric } from './model.ts';

/** Why the alarm is in its state, in one line: "CPU 92 % for 2 of 3 periods, above 60 %"; else the server's own text. */
export function alarmInWords(alarm: Alarm): string {
  const facts = factsOf(alarm);
  if (!facts) return alarm.reason;
  const { what, points, threshold, limit } = facts;
  const breaching = points.filter((point) => limit.breaches(point, threshold));
  if (alarm.state === 'ALARM' && breaching.length > 0)
    return breach(alarm, facts, limit.worst(breaching), breaching.length);
  if (alarm.state === 'OK' && points.length > 0)
    return t('{0} {1}, limit {2}', what, facts.format(limit.worst(points)), facts.format(threshold));
  return alarm.reason;
}

/** "CPU", "Memory (of limit)", or the metric's own name where it is not a common one. */
export function metricInWords(metric: Pick<AlarmMetric, 'namespace' | 'name'>): string {
  const name = metric.name.toLowerCase();
  if (/^(pod|node|container)_cpu_utilization$|^cpuutilization$/.test(name)) return t('CPU');
  if (/^(pod|node|container)_memory_utilization$|^memoryutilization$/.test(name)) return t('Memory');
  if (name === 'pod_cpu_utilization_over_pod_limit') return t('CPU (of limit)');
  if (name === 'pod_memory_utilization_over_pod_limit') return t('Memory (of limit)');
  return metric.name;
}

/** Do the metric's values mean percent? By its unit, else by Container Insights' and EC2's naming. */
export function isPercent(metric: AlarmMetric | undefined): boolean {
  return metric?.unit === 'Percent' || (!metric?.unit && /utilization/i.test(metric?.name ?? ''));
}

interface Limit {
  readonly breaches: (value: number, threshold: number) => boolean;
  readonly worst: (values: readonly number[]) => number;
  readonly above: boolean;
}
const max = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
const min = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
const limits: Readonly<Record<string, Limit>> = {
  GreaterThanThreshold: { breaches: (value, limit) => value > limit, worst: max, above: true },
  GreaterThanOrEqualToThreshold: { breaches: (value, limit) => value >= limit, worst: max, above: true },
  LessThanThreshold: { breaches: (value, limit) => value < limit, worst: min, above: false },
  LessThanOrEqualToThreshold: { breaches: (value, limit) => value <= limit, worst: min, above: false },
};

interface Facts {
  readonly what: string;
  readonly points: readonly number[];
  readonly threshold: number;
  readonly limit: Limit;
  readonly format: (value: number) => string;
}

/** Undefined where the sentence cannot be made truthfully: composite alarms, anomaly bands, reason data missing. */
function factsOf(alarm: Alarm): Facts | undefined {
  const limit = limits[alarm.comparison ?? ''];
  const threshold = alarm.reasonData?.threshold ?? alarm.threshold;
  if (!limit || threshold === undefined || !alarm.reasonData) return undefined;
  const what = watched(alarm);
  if (!what) return undefined;
  const percent = isPercent(alarm.metric); // what math makes of percents need not be one
  const format = (value: number) => (percent ? `${rounded(value)} %` : rounded(value));
  return { what, points: alarm.reasonData.recentDatapoints, threshold, limit, format };
}

function watched(alarm: Alarm): string | undefined {
  if (alarm.metric) return metricInWords(alarm.metric);
  const shown = alarm.queries?.find((query) => query.returnData);
  return shown?.label ?? shown?.expression ?? shown?.id;
}

function breach(alarm: Alarm, facts: Facts, worst: number, count: number): string {
  const value = facts.format(worst);
  const threshold = facts.format(facts.threshold);
  const periods = alarm.evaluationPeriods ?? 1;
  if (periods <= 1)
    return facts.limit.above
      ? t('{0} {1}, above {2}', facts.what, value, threshold)
      : t('{0} {1}, below {2}', facts.what, value, threshold);
  return facts.limit.above
    ? t('{0} {1} for {2} of {3} periods, above {4}', facts.what, value, count, periods, threshold)
    : t('{0} {1} for {2} of {3} periods, below {4}', facts.what, value, count, periods, threshold);
}

/** Three significant figures from a hundred on none after the point: 0.123, 9.5, 92, 1234. */
function rounded(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}
