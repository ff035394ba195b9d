/** One number of a benchmark, and what it is held against. */
export interface Measurement {
  what: string;
  value: number;
  unit: 'ms' | 'bytes' | 'requests';
  /** The machine's floor for the same thing, taken in the same run; then `limit` is a ratio to it. */
  floor?: number;
  /** The most that is allowed: a value, or a ratio where there is a floor. */
  limit: number;
}

/** A file `test/bench/<name>.bench.ts` exports one as `benchmark`. */
export interface Benchmark {
  run(): Promise<Measurement[]>;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('A median needs a value.');
  return middle;
}
