import { invalidExpression } from './lexer.ts';
import {
  isArray,
  isSeries,
  mapSeries,
  scalar,
  seriesIn,
  single,
  timesOf,
  type TimeSeries,
  type Value,
  withPoints,
} from './values.ts';

/** The stretch of time that is asked for: FILL fills it. Milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

type MathFunction = (args: readonly Value[], span: Span) => Value;

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const average = (values: readonly number[]) => sum(values) / values.length;
const smallest = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
const largest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);

function deviation(values: readonly number[]): number {
  const mean = average(values);
  return Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
}

/** S for one series, a series for an array: SUM, AVG … What has no points at all has the value 0. */
function aggregate(of: (values: readonly number[]) => number): MathFunction {
  return (args) => {
    const value = only(args);
    if (!isArray(value)) {
      const points = [...single(value).points.values()];
      return points.length === 0 ? 0 : of(points);
    }
    return acrossSeries(value, (time) => of(value.map((series) => series.points.get(time) ?? 0)));
  };
}

function acrossSeries(all: readonly TimeSeries[], at: (time: number) => number): TimeSeries {
  const like = all[0] ?? { label: '', period: 60, points: new Map<number, number>() };
  return withPoints(
    like,
    timesOf(all).map((time) => [time, at(time)] as const),
  );
}

/** A function of one number, for each point. */
function pointwise(of: (value: number) => number): MathFunction {
  return (args) => {
    const value = only(args);
    if (typeof value === 'number') return of(value);
    return mapSeries(value, (series) =>
      withPoints(
        series,
        mapEntries(series, (_, point) => of(point)),
      ),
    );
  };
}

/** A function of each point and the one before it; the first point has none and is dropped. */
function stepwise(of: (value: number, before: number, seconds: number) => number): MathFunction {
  return (args) =>
    mapSeries(only(args), (series) => {
      const points = [...series.points];
      return withPoints(
        series,
        points.slice(1).map(([time, value], index) => {
          const [timeBefore, before] = points[index] ?? [time, value];
          return [time, of(value, before, (time - timeBefore) / 1000)] as const;
        }),
      );
    });
}

function mapEntries(series: TimeSeries, of: (time: number, value: number) => number) {
  return [...series.points].map(([time, value]) => [time, of(time, value)] as const);
}

function only(args: readonly Value[]): Value {
  const [value, ...rest] = args;
  if (value === undefined || rest.length > 0) throw invalidExpression('one argument was expected');
  return value;
}

/** FILL makes points where there were none: not more than GetMetricData returns in one call. */
const maxFilled = 100_800;

function fill(args: readonly Value[], span: Span): Value {
  const [target, filler, ...rest] = args;
  if (target === undefined || filler === undefined || rest.length > 0)
    throw invalidExpression('FILL takes two arguments');
  return mapSeries(target, (series) => withPoints(series, filled(series, filler, span)));
}

function* filled(series: TimeSeries, filler: Value, { from, to }: Span): Generator<readonly [number, number]> {
  if ((to - from) / 1000 / series.period > maxFilled) throw invalidExpression('FILL would make too many datapoints');
  const known = [...series.points];
  let before: readonly [number, number] | undefined;
  let index = 0;
  for (let time = from; time < to; time += series.period * 1000) {
    const next = known[index];
    if (next?.[0] === time) {
      index++;
      before = next;
      yield next;
      continue;
    }
    const value = filling(filler, time, before, next);
    if (value !== undefined) yield [time, value];
  }
}

function filling(filler: Value, time: number, before?: readonly [number, number], next?: readonly [number, number]) {
  if (filler === 'REPEAT') return before?.[1];
  if (isSeries(filler)) return filler.points.get(time);
  if (filler !== 'LINEAR') return scalar(filler);
  if (!before || !next) return undefined;
  return before[1] + ((next[1] - before[1]) * (time - before[0])) / (next[0] - before[0]);
}

/** IF(condition, then, else): points where the condition is not 0 come from `then`. Without `else` the others are dropped. */
function choose(args: readonly Value[]): Value {
  const [condition, whenTrue, whenFalse, ...rest] = args;
  if (condition === undefined || whenTrue === undefined || rest.length > 0)
    throw invalidExpression('IF takes two or three arguments');
  if (typeof condition === 'number') return condition === 0 ? (whenFalse ?? 0) : whenTrue;
  const test = single(condition);
  const at = (value: Value | undefined, time: number) =>
    value === undefined ? undefined : isSeries(value) ? value.points.get(time) : scalar(value);
  const times = timesOf([test, ...[whenTrue, whenFalse ?? 0].filter(isSeries)]);
  const points = times.map((time) => [time, at(test.points.get(time) ? whenTrue : whenFalse, time)] as const);
  return withPoints(
    test,
    points.flatMap(([time, value]) => (value === undefined ? [] : [[time, value] as const])),
  );
}

function countPoints(args: readonly Value[]): Value {
  const value = only(args);
  if (!isArray(value)) return single(value).points.size;
  return acrossSeries(value, (time) => value.filter((series) => series.points.has(time)).length);
}

function pick(index: number): MathFunction {
  return (args) => {
    const series = seriesIn(only(args)).at(index);
    if (!series) throw invalidExpression('the array is empty');
    return series;
  };
}

function runningSum(args: readonly Value[]): Value {
  return mapSeries(only(args), (series) => {
    let total = 0;
    return withPoints(
      series,
      mapEntries(series, (_, value) => (total += value)),
    );
  });
}

const functions: Readonly<Record<string, MathFunction>> = {
  SUM: aggregate(sum),
  AVG: aggregate(average),
  MIN: aggregate(smallest),
  MAX: aggregate(largest),
  STDDEV: aggregate(deviation),
  ABS: pointwise(Math.abs),
  CEIL: pointwise(Math.ceil),
  FLOOR: pointwise(Math.floor),
  LOG: pointwise(Math.log),
  LOG10: pointwise(Math.log10),
  RATE: stepwise((value, before, seconds) => (value - before) / seconds),
  DIFF: stepwise((value, before) => value - before),
  DIFF_TIME: stepwise((_value, _before, seconds) => seconds),
  RUNNING_SUM: runningSum,
  PERIOD: (args) => single(only(args)).period,
  FILL: fill,
  IF: choose,
  FIRST: pick(0),
  LAST: pick(-1),
  METRIC_COUNT: (args) => seriesIn(only(args)).length,
  DATAPOINT_COUNT: countPoints,
};

/** @throws ApiError ValidationError for an unknown function or arguments that do not fit */
export function callFunction(name: string, args: readonly Value[], span: Span): Value {
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!known) throw invalidExpression(`the function ${name} is not supported`);
  return known(args, span);
}
