import { invalidExpression } from './lexer.ts';

/** Values by the start of their period (milliseconds since the epoch), in order of time. Gaps are absent. */
export interface TimeSeries {
  readonly label: string;
  /** Seconds. */
  readonly period: number;
  readonly points: ReadonlyMap<number, number>;
}

/** What an expression can be: AWS calls them S, TS and TS[]; text is an argument only. */
export type Value = number | string | TimeSeries | readonly TimeSeries[];

export const isArray = (value: Value): value is readonly TimeSeries[] => Array.isArray(value);
export const isSeries = (value: Value): value is TimeSeries => typeof value === 'object' && !isArray(value);

/** The series that a value holds. @throws ApiError when it holds none */
export function seriesIn(value: Value): readonly TimeSeries[] {
  if (isArray(value)) return value;
  if (isSeries(value)) return [value];
  throw invalidExpression('a time series was expected');
}

/** The same series with other points; what is not a finite number (a division by zero) is dropped. */
export function withPoints(series: TimeSeries, points: Iterable<readonly [number, number]>): TimeSeries {
  return { ...series, points: new Map([...points].filter(([, value]) => Number.isFinite(value))) };
}

/** Applies `change` to every series of a value. */
export function mapSeries(value: Value, change: (series: TimeSeries) => TimeSeries): Value {
  return isArray(value) ? value.map(change) : change(single(value));
}

export function single(value: Value): TimeSeries {
  if (isSeries(value)) return value;
  throw invalidExpression('a single time series was expected');
}

export function scalar(value: Value): number {
  if (typeof value === 'number') return value;
  throw invalidExpression('a number was expected');
}

/** Every time at which one of the series has a value, in order. */
export function timesOf(all: readonly TimeSeries[]): readonly number[] {
  return [...new Set(all.flatMap((series) => [...series.points.keys()]))].sort((a, b) => a - b);
}

/** Combines two values point by point. A missing point of one counts as 0, as AWS documents for operators. */
export function combine(left: Value, right: Value, apply: (a: number, b: number) => number): Value {
  if (typeof left === 'number' && typeof right === 'number') return apply(left, right);
  if (isArray(left) && isArray(right)) return combineArrays(left, right, apply);
  if (isArray(left)) return left.map((series) => combineSeries(series, right, apply, series));
  if (isArray(right)) return right.map((series) => combineSeries(left, series, apply, series));
  return combineSeries(left, right, apply, isSeries(left) ? left : single(right));
}

function combineArrays(
  left: readonly TimeSeries[],
  right: readonly TimeSeries[],
  apply: (a: number, b: number) => number,
) {
  if (left.length !== right.length) throw invalidExpression('the arrays have different lengths');
  return left.map((series, index) => combineSeries(series, right[index] ?? series, apply, series));
}

function combineSeries(
  left: Value,
  right: Value,
  apply: (a: number, b: number) => number,
  like: TimeSeries,
): TimeSeries {
  const times = timesOf([left, right].filter(isSeries));
  const at = (value: Value, time: number) => (isSeries(value) ? (value.points.get(time) ?? 0) : scalar(value));
  return withPoints(
    like,
    times.map((time) => [time, apply(at(left, time), at(right, time))] as const),
  );
}
