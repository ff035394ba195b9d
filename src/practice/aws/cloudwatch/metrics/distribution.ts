/** Values seen in one stretch of time: enough of them for every statistic, in bounded space. */
export interface Distribution {
  count: number;
  sum: number;
  min: number;
  max: number;
  /**
   * Value -> how often. `same` while there is but one value, which `min` tells: most buckets are like that and stay
   * small. `unknown` when part of it came as a statistic set, from which no percentile can be told.
   */
  values: Map<number, number> | 'same' | 'unknown';
}

/** A part of a metric that was put at once: a value with its count, or a statistic set. */
export type Sample =
  | { readonly value: number; readonly count: number }
  | { readonly count: number; readonly sum: number; readonly min: number; readonly max: number };

/** Above this many different values they are rounded to steps of 1 %, so that a bucket stays small. */
const exactValues = 500;
const step = Math.log(1.01);

export function emptyDistribution(): Distribution {
  return { count: 0, sum: 0, min: Infinity, max: -Infinity, values: 'same' };
}

export function addSample(to: Distribution, sample: Sample): void {
  if ('value' in sample) {
    const { value, count } = sample;
    merge(to, { count, sum: value * count, min: value, max: value, values: 'same' });
    return;
  }
  // AWS tells percentiles from a statistic set only when all its values are the same
  merge(to, { ...sample, values: sample.min === sample.max ? 'same' : 'unknown' });
}

export function merge(to: Distribution, from: Readonly<Distribution>): void {
  to.values = mergedValues(to, from);
  to.count += from.count;
  to.sum += from.sum;
  to.min = Math.min(to.min, from.min);
  to.max = Math.max(to.max, from.max);
}

function mergedValues(to: Distribution, from: Readonly<Distribution>): Distribution['values'] {
  if (to.values === 'unknown' || from.values === 'unknown') return 'unknown';
  if (to.count === 0) return from.values === 'same' ? 'same' : new Map(from.values);
  if (to.values === 'same' && from.values === 'same' && to.min === from.min) return 'same';
  const counts = to.values === 'same' ? new Map([[to.min, to.count]]) : to.values;
  const added = from.values === 'same' ? ([[from.min, from.count]] as const) : from.values;
  for (const [value, count] of added) {
    const key = counts.size < exactValues || counts.has(value) ? value : rounded(value);
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return counts;
}

function rounded(value: number): number {
  if (value === 0) return 0;
  return Math.sign(value) * Math.exp(Math.round(Math.log(Math.abs(value)) / step) * step);
}
