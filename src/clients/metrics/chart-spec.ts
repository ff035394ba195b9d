import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { isPercent } from '../../domain/alarms/in-words.ts';
import type { AlarmMetric } from '../../domain/alarms/model.ts';
import type { Series, Unit } from '../../domain/metrics/model.ts';

/** What to ask CloudWatch for one chart, and how to draw the answer. */
export interface ChartSpec {
  readonly title: string;
  readonly subtitle: string;
  /** Seconds that the drawn period is a multiple of. */
  readonly basePeriod: number;
  readonly queries: (periodSeconds: number) => readonly MetricDataQuery[];
  /** By query id. Queries without a line are asked for another's sake. */
  readonly lines: readonly Line[];
  readonly threshold?: { readonly value: number; readonly unit: Unit };
  readonly notes: readonly string[];
}

export interface Line extends Pick<Series, 'unit' | 'axis' | 'style'> {
  readonly id: string;
  /** Undefined: the label that CloudWatch gives. */
  readonly label?: string;
}

/** CloudWatch's StandardUnit, as far as charts tell units apart. */
export function unitOf(metric: AlarmMetric | undefined): Unit {
  if (isPercent(metric)) return 'percent';
  switch (metric?.unit) {
    case 'Bytes':
      return 'bytes';
    case 'Count':
      return 'count';
    case 'Seconds':
      return 'seconds';
    default:
      return 'none';
  }
}

export function metricStat(id: string, metric: AlarmMetric, period: number): MetricDataQuery {
  const { namespace, name, dimensions, statistic, unit } = metric;
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: period,
      Stat: statistic,
      ...(unit === undefined
        ? {}
        : { Unit: unit as Exclude<NonNullable<MetricDataQuery['MetricStat']>['Unit'], undefined> }),
    },
    ReturnData: true,
  };
}
