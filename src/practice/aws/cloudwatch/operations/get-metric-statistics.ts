import * as v from 'valibot';
import { invalidCombination, invalidValue, missingParameter } from '../errors.ts';
import type { Distribution } from '../metrics/distribution.ts';
import { percentileOf, statisticNamed } from '../metrics/statistics.ts';
import type { CloudWatchService } from '../service.ts';
import {
  dimensions,
  list,
  metricName,
  namespace,
  optional,
  positiveInteger,
  statistic,
  timestamp,
  unit,
} from '../shapes.ts';
import { windowFor } from './get-metric-data.ts';
import { operation, seconds } from './operation.ts';

const maxDatapoints = 1440;

const input = v.object({
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: optional(dimensions),
  StartTime: timestamp,
  EndTime: timestamp,
  Period: positiveInteger,
  Statistics: optional(v.pipe(list(statistic, 5), v.minLength(1))),
  ExtendedStatistics: optional(v.pipe(list(v.string(), 10), v.minLength(1))),
  Unit: optional(unit),
});
type Input = v.InferOutput<typeof input>;

export const getMetricStatistics = operation(
  input,
  (service, request) => {
    check(request);
    const { Namespace, MetricName, Dimensions = [], Unit } = request;
    const metric = { namespace: Namespace, name: MetricName, dimensions: Dimensions };
    const units = Unit === undefined ? service.metrics.units(metric) : [Unit];
    return { Label: MetricName, Datapoints: units.flatMap((name) => datapoints(service, request, name)) };
  },
  'parameter',
);

function check({ StartTime, EndTime, Period, Statistics, ExtendedStatistics = [] }: Input): void {
  if (!Statistics && ExtendedStatistics.length === 0)
    throw missingParameter('At least one of the parameters Statistics and ExtendedStatistics must be specified.');
  if (Statistics && ExtendedStatistics.length > 0)
    throw invalidCombination('The parameters Statistics and ExtendedStatistics cannot be specified together.');
  const wrong = ExtendedStatistics.find((name) => percentileOf(name) === undefined);
  if (wrong !== undefined) throw invalidValue(`The value ${wrong} for parameter ExtendedStatistics is not supported.`);
  if (![1, 5, 10, 20, 30].includes(Period) && Period % 60 !== 0)
    throw invalidValue('The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.');
  if (StartTime >= EndTime)
    throw invalidCombination('The parameter StartTime must be less than the parameter EndTime.');
  const asked = Math.ceil((EndTime - StartTime) / 1000 / Period);
  if (asked > maxDatapoints)
    throw invalidCombination(
      `You have requested up to ${asked} datapoints, which exceeds the limit of ${maxDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
}

/** One set of datapoints for each unit that the metric was put with. */
function datapoints(service: CloudWatchService, request: Input, unitName: string): readonly object[] {
  const { Namespace: namespace, MetricName: name, Dimensions: dims = [], Period: period } = request;
  const window = { ...windowFor(request.StartTime, request.EndTime, service.clock.now())(period), period };
  const read = service.metrics.read({ namespace, name, dimensions: dims }, window, unitName);
  return [...read].map(([time, distribution]) => ({
    Timestamp: seconds(time),
    Unit: unitName,
    ...values(distribution, request.Statistics ?? []),
    ...(request.ExtendedStatistics && { ExtendedStatistics: values(distribution, request.ExtendedStatistics) }),
  }));
}

function values(distribution: Distribution, names: readonly string[]): Readonly<Record<string, number>> {
  const entries = names.map((name) => [name, statisticNamed(name)?.(distribution)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => entry[1] !== undefined));
}
