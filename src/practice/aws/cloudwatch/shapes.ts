/** Shapes that several operations share: their constraints and types, after the service model 2010-08-01. */
import * as v from 'valibot';

export const text = (min: number, max: number) => v.pipe(v.string(), v.minLength(min), v.maxLength(max));
export const list = <T extends v.GenericSchema>(item: T, max = Infinity) => v.pipe(v.array(item), v.maxLength(max));
export const optional = v.exactOptional;

/** A member that AWS knows and we do not serve: refused, since to pass over it would be to promise it. */
export const unsupported = v.exactOptional(
  v.pipe(
    v.unknown(),
    v.check(() => false),
  ),
);

/** AWS JSON writes what JSON cannot say as text. */
const special = v.pipe(v.picklist(['NaN', 'Infinity', '-Infinity']), v.transform(Number));
export const double = v.union([v.number(), special]);
export const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
/** Seconds since the epoch on the wire, milliseconds inside. */
export const timestamp = v.pipe(
  v.number(),
  v.transform((seconds) => Math.round(seconds * 1000)),
);

const units = [
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits'],
  ...['Kilobits', 'Megabits', 'Gigabits', 'Terabits', 'Percent', 'Count', 'Bytes/Second', 'Kilobytes/Second'],
  ...['Megabytes/Second', 'Gigabytes/Second', 'Terabytes/Second', 'Bits/Second', 'Kilobits/Second'],
  ...['Megabits/Second', 'Gigabits/Second', 'Terabits/Second', 'Count/Second', 'None'],
];
const statistics = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;
export const stateValues = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export const comparisons = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
export const missingDataTreatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

export const namespace = v.pipe(text(1, 255), v.regex(/^[^:]/));
export const metricName = text(1, 255);
export const alarmName = text(1, 255);
export const unit = v.picklist(units);
export const statistic = v.picklist(statistics);
export const stateValue = v.picklist(stateValues);
export const scanBy = v.picklist(['TimestampDescending', 'TimestampAscending']);

const dimension = v.object({ Name: text(1, 255), Value: text(1, 1024) });
export const dimensions = list(dimension, 30);
const metric = v.object({
  Namespace: optional(namespace),
  MetricName: optional(metricName),
  Dimensions: optional(dimensions),
});
const metricStat = v.object({ Metric: metric, Period: positiveInteger, Stat: v.string(), Unit: optional(unit) });
export const metricDataQuery = v.object({
  Id: text(1, 255),
  MetricStat: optional(metricStat),
  Expression: optional(text(1, 2048)),
  Label: optional(v.string()),
  ReturnData: optional(v.boolean()),
  Period: optional(positiveInteger),
  AccountId: optional(text(1, 255)),
});
export const tags = list(v.object({ Key: text(1, 128), Value: text(0, 256) }), 50);

export type Dimension = v.InferOutput<typeof dimension>;
export type MetricStat = v.InferOutput<typeof metricStat>;
export type MetricDataQuery = v.InferOutput<typeof metricDataQuery>;
export type StateValue = (typeof stateValues)[number];
export type Comparison = (typeof comparisons)[number];
export type MissingDataTreatment = (typeof missingDataTreatments)[number];

/** A metric's identity. Dimensions are compared exactly, whatever their order. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
}

const byName = (a: Dimension, b: Dimension) => (a.Name < b.Name ? -1 : a.Name > b.Name ? 1 : 0);

export function metricKey({ namespace: space, name, dimensions: dims }: MetricId): string {
  return JSON.stringify([space, name, ...[...dims].sort(byName).map((d) => [d.Name, d.Value])]);
}
