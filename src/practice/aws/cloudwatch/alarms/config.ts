/** What PutMetricAlarm and PutCompositeAlarm take, with AWS's defaults filled in. */
import * as v from 'valibot';
import {
  alarmName,
  comparisons,
  dimensions,
  list,
  metricDataQuery,
  metricName,
  missingDataTreatments,
  namespace,
  optional,
  positiveInteger,
  double,
  statistic,
  text,
  unit,
} from '../shapes.ts';

const actions = v.optional(list(text(1, 1024), 5), []);
const common = {
  AlarmName: alarmName,
  AlarmDescription: optional(text(0, 1024)),
  ActionsEnabled: v.optional(v.boolean(), true),
  OKActions: actions,
  AlarmActions: actions,
  InsufficientDataActions: actions,
};

export const metricAlarmConfig = v.object({
  ...common,
  MetricName: optional(metricName),
  Namespace: optional(namespace),
  Statistic: optional(statistic),
  ExtendedStatistic: optional(v.string()),
  Dimensions: v.optional(dimensions, []),
  Period: optional(positiveInteger),
  Unit: optional(unit),
  EvaluationPeriods: optional(positiveInteger),
  DatapointsToAlarm: optional(positiveInteger),
  Threshold: optional(double),
  ComparisonOperator: optional(v.picklist(comparisons)),
  TreatMissingData: optional(v.picklist(missingDataTreatments)),
  EvaluateLowSampleCountPercentile: optional(v.picklist(['evaluate', 'ignore'])),
  Metrics: optional(list(metricDataQuery)),
});

export const compositeAlarmConfig = v.object({ ...common, AlarmRule: text(1, 10_240) });

type MetricAlarmInput = v.InferOutput<typeof metricAlarmConfig>;
type Needed = 'EvaluationPeriods' | 'Threshold' | 'ComparisonOperator';
export type MetricAlarmConfig = MetricAlarmInput & Required<Pick<MetricAlarmInput, Needed>>;
export type CompositeAlarmConfig = v.InferOutput<typeof compositeAlarmConfig>;

/** Seconds: the period of the metric, or of the metrics of an expression, which all have the same. */
export function alarmPeriod({ Period, Metrics = [] }: MetricAlarmConfig): number {
  const periods = Metrics.flatMap((query) => query.MetricStat?.Period ?? query.Period ?? []);
  return Period ?? periods[0] ?? 60;
}
