import { t } from '../../core/l10n.ts';
import { alarmInWords, metricInWords } from '../../domain/alarms/in-words.ts';
import type { Alarm, AlarmQuery } from '../../domain/alarms/model.ts';
import { type ChartSpec, metricStat, unitOf } from './chart-spec.ts';

/** What an alarm watches, with its threshold: its metric, the result of its math, or nothing for a composite. */
export function alarmChart(alarm: Alarm): ChartSpec {
  const common = { title: alarm.name, subtitle: alarmInWords(alarm), basePeriod: alarm.periodSeconds ?? 60 };
  if (alarm.kind === 'composite')
    return {
      ...common,
      queries: () => [],
      lines: [],
      notes: [t('A composite alarm has states, and no metric of its own.')],
    };
  const unit = unitOf(alarm.metric);
  const threshold = alarm.threshold === undefined ? {} : { threshold: { value: alarm.threshold, unit } };
  return {
    ...common,
    ...(alarm.metric ? ofMetric(alarm.metric) : ofMath(alarm.queries ?? [])),
    ...threshold,
    notes: [],
  };
}

function ofMetric(metric: NonNullable<Alarm['metric']>): Pick<ChartSpec, 'queries' | 'lines'> {
  const label = `${metricInWords(metric)} (${metric.statistic})`;
  return {
    queries: (period) => [metricStat('watched', metric, period)],
    lines: [{ id: 'watched', label, unit: unitOf(metric), axis: 'left', style: 'line' }],
  };
}

/** The alarm's queries as they are, at the chart's period; only those that return data are drawn. */
function ofMath(queries: readonly AlarmQuery[]): Pick<ChartSpec, 'queries' | 'lines'> {
  return {
    queries: (period) =>
      queries.map(({ id, label, expression, metric, returnData }) => ({
        ...(metric ? metricStat(id, metric, period) : { Id: id, Expression: expression ?? '', Period: period }),
        ReturnData: returnData,
        ...(label === undefined ? {} : { Label: label }),
      })),
    lines: queries
      .filter(({ returnData }) => returnData)
      .map(({ id, label, metric }) => ({
        id,
        ...(label === undefined ? {} : { label }),
        unit: unitOf(metric),
        axis: 'left',
        style: 'line',
      })),
  };
}
