/** One number of a benchmark, and what it is held against. */
export interface Measurement {
  what: string;
  value: number;
  unit: 'ms' | 'bytes' | 'requests' | 'connections' | 'bytes a pod' | 'µs a pod' | 'a second';
  /** The same thing done by the barest means, or by a peer, in the same run. */
  floor?: { what: string; value: number };
  /** The most that is allowed of `value`. */
  limit?: number;
  /** The most that is allowed of `value / floor`. */
  ratioLimit?: number;
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
