import * as v from 'valibot';
import { invalidCombination, invalidValue, missingParameter } from '../errors.ts';
import type { Sample } from '../metrics/distribution.ts';
import type { CloudWatchService } from '../service.ts';
import { dimensions, double, list, metricName, namespace, optional, timestamp, unit } from '../shapes.ts';
import { operation } from './operation.ts';

const hour = 3_600_000;
const pastLimit = 14 * 24 * hour;
const futureLimit = 2 * hour;
const largest = 2 ** 360;

const datum = v.object({
  MetricName: metricName,
  Dimensions: optional(dimensions),
  Timestamp: optional(timestamp),
  Value: optional(double),
  StatisticValues: optional(v.object({ SampleCount: double, Sum: double, Minimum: double, Maximum: double })),
  Values: optional(list(double, 150)),
  Counts: optional(list(double, 150)),
  Unit: optional(unit),
  StorageResolution: optional(v.picklist([1, 60])),
});
type Datum = v.InferOutput<typeof datum>;

const metricData = list(datum, 1000);
const input = v.object({
  Namespace: namespace,
  MetricData: optional(metricData),
  EntityMetricData: optional(list(v.object({ MetricData: optional(metricData) }), 2)),
});

export const putMetricData = operation(
  input,
  (service, { Namespace, MetricData = [], EntityMetricData = [] }) => {
    const data = [...MetricData, ...EntityMetricData.flatMap((entity) => entity.MetricData ?? [])];
    if (data.length === 0) throw missingParameter('The parameter MetricData is required.');
    if (data.length > 1000) throw invalidValue('The collection MetricData must not have a size greater than 1000.');
    const now = service.clock.now();
    // all of them are checked before the first is stored: a refused request stores nothing
    const puts = data.map((item, index) => ({ ...item, samples: samplesOf(item, index + 1), time: timeOf(item, now) }));
    for (const put of puts) store(service, Namespace, put, now);
    return undefined;
  },
  'parameter',
);

function store(
  service: CloudWatchService,
  namespace: string,
  put: Datum & { readonly samples: readonly Sample[]; readonly time: number },
  now: number,
): void {
  const metric = { namespace, name: put.MetricName, dimensions: put.Dimensions ?? [] };
  const { Unit: unit = 'None', StorageResolution: resolution = 60, samples, time } = put;
  service.metrics.put({ metric, unit, time, resolution, samples }, now);
}

function timeOf({ Timestamp: time }: Datum, now: number): number {
  if (time === undefined) return now;
  if (time < now - pastLimit)
    throw invalidValue('The parameter MetricData.member.Timestamp must be within the past two weeks.');
  if (time > now + futureLimit)
    throw invalidValue('The parameter MetricData.member.Timestamp must be at most two hours in the future.');
  return time;
}

function samplesOf(item: Datum, position: number): readonly Sample[] {
  const { Value, Values, Counts, StatisticValues } = item;
  const at = `MetricData.member.${position}`;
  const given = [Value, Values, StatisticValues].filter((part) => part !== undefined).length;
  if (given === 0)
    throw missingParameter(`At least one of the parameters ${at}.Value, Values or StatisticValues is required.`);
  if (given > 1)
    throw invalidCombination(`The parameters ${at}.Value, Values and StatisticValues are mutually exclusive.`);
  if (Value !== undefined) return [{ value: inRange(Value, at), count: 1 }];
  if (Values) return valueSamples(Values, Counts, at);
  return StatisticValues ? [statisticSample(StatisticValues, at)] : [];
}

function valueSamples(values: readonly number[], counts: readonly number[] | undefined, at: string): readonly Sample[] {
  if (counts && counts.length !== values.length)
    throw invalidValue(`The parameters ${at}.Values and ${at}.Counts must be of the same size.`);
  return values.map((value, index) => ({ value: inRange(value, at), count: positive(counts?.[index] ?? 1, at) }));
}

function statisticSample(set: NonNullable<Datum['StatisticValues']>, at: string): Sample {
  const [sum, min, max] = [set.Sum, set.Minimum, set.Maximum].map((value) => inRange(value, at));
  if (sum === undefined || min === undefined || max === undefined || min > max)
    throw invalidValue(`The value for the parameter ${at}.StatisticValues.Maximum must be at least that of Minimum.`);
  return { count: positive(set.SampleCount, at), sum, min, max };
}

function positive(count: number, at: string): number {
  if (count > 0 && count <= largest) return count;
  throw invalidValue(`The value ${count} for a count of ${at} must be greater than 0.`);
}

function inRange(value: number, at: string): number {
  if (Math.abs(value) <= largest) return value;
  throw invalidValue(`The value ${value} for ${at} must be a number from -2^360 to 2^360.`);
}
