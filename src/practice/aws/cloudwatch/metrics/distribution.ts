/** Values seen in one stretch of time: enough of them for every statistic, in bounded space. */
export interface Distribution {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** value -> how often; undefined when only a statistic set is known, from which no percentile can be told. */
  values: Map<number, number> | undefined;
}

/** A part of a metric that was put at once: a value with its count, or a statistic set. */
export type Sample =
  | { readonly value: number; readonly count: number }
  | { readonly count: number; readonly sum: number; readonly min: number; readonly max: number };

/** Above this many different values they are rounded to steps of 1 %, so that a bucket stays small. */
const exactValues = 500;
const step = Math.log(1.01);

export function emptyDistribution(): Distribution {
  return { count: 0, sum: 0, min: Infinity, max: -Infinity, values: new Map() };
}

export function addSample(to: Distribution, sample: Sample): void {
  if ('value' in sample) {
    const { value, count } = sample;
    merge(to, { count, sum: value * count, min: value, max: value, values: new Map([[value, count]]) });
    return;
  }
  // AWS tells percentiles from a statistic set only when all its values are the same
  const same = sample.min === sample.max;
  merge(to, { ...sample, values: same ? new Map([[sample.min, sample.count]]) : undefined });
}

export function merge(to: Distribution, from: Distribution): void {
  to.count += from.count;
  to.sum += from.sum;
  to.min = Math.min(to.min, from.min);
  to.max = Math.max(to.max, from.max);
  to.values = to.values && from.values && addCounts(to.values, from.values);
}

function addCounts(to: Map<number, number>, from: ReadonlyMap<number, number>): Map<number, number> {
  for (const [value, count] of from) {
    const key = to.size < exactValues || to.has(value) ? value : rounded(value);
    to.set(key, (to.get(key) ?? 0) + count);
  }
  return to;
}

function rounded(value: number): number {
  if (value === 0) return 0;
  return Math.sign(value) * Math.exp(Math.round(Math.log(Math.abs(value)) / step) * step);
}
