import type { Distribution } from './distribution.ts';

export type Statistic = (distribution: Distribution) => number | undefined;

const simple: Readonly<Record<string, Statistic>> = {
  SampleCount: (d) => d.count,
  Sum: (d) => d.sum,
  Average: (d) => d.sum / d.count,
  Minimum: (d) => d.min,
  Maximum: (d) => d.max,
};

/** The number in `p95` or `p99.9`, from 0 to 100, or undefined when it is no percentile. Up to ten decimals as AWS allows. */
export function percentileOf(name: string): number | undefined {
  const digits = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(name)?.[1];
  return digits === undefined || Number(digits) > 100 ? undefined : Number(digits);
}

/** The statistic of that name (`Average`, `p90` …), or undefined when there is none. */
export function statisticNamed(name: string): Statistic | undefined {
  if (Object.hasOwn(simple, name)) return simple[name];
  const percent = percentileOf(name);
  return percent === undefined ? undefined : (distribution) => percentile(distribution, percent);
}

/** Linear interpolation between the closest ranks; undefined when single values are not known. */
function percentile({ values, count, min }: Distribution, percent: number): number | undefined {
  if (values === 'unknown' || count <= 0) return undefined;
  if (values === 'same') return min;
  const sorted = [...values].sort((a, b) => a[0] - b[0]);
  const rank = (percent / 100) * (count - 1);
  const low = atRank(sorted, Math.floor(rank));
  const high = atRank(sorted, Math.ceil(rank));
  return low + (high - low) * (rank - Math.floor(rank));
}

/** The value at a rank (0 is the smallest) of a sorted list of values with counts. */
function atRank(sorted: readonly (readonly [value: number, count: number])[], rank: number): number {
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (rank < seen) return value;
  }
  return sorted.at(-1)?.[0] ?? NaN;
}
