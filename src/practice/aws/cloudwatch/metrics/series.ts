import { addSample, type Distribution, emptyDistribution, merge, type Sample } from './distribution.ts';

export interface Bucket {
  /** Milliseconds since the epoch, a multiple of the resolution. */
  readonly start: number;
  readonly distribution: Distribution;
}

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;
/** How fine data is kept, by age: AWS keeps 1 s for 3 h, 1 min for 15 d, 5 min for 63 d, 1 h for 455 d. */
const retention = [
  { age: 3 * hour, resolution: second },
  { age: 15 * day, resolution: 60 * second },
  { age: 63 * day, resolution: 300 * second },
  { age: 455 * day, resolution: hour },
];

/** The finest resolution in milliseconds that is kept at that age, or undefined when nothing is. */
export function resolutionAt(age: number): number | undefined {
  return retention.find((tier) => age <= tier.age)?.resolution;
}

/** One metric in one unit: buckets in order of time, coarser with age, so that its size has a bound. */
export class Series {
  #buckets: Bucket[] = [];

  add(time: number, resolution: number, sample: Sample, now: number): void {
    const kept = resolutionAt(now - time);
    if (kept !== undefined) addSample(this.#at(floor(time, Math.max(resolution, kept))), sample);
  }

  /** Buckets whose start lies in [from, to). */
  between(from: number, to: number): readonly Bucket[] {
    return this.#buckets.slice(this.#indexOf(from), this.#indexOf(to));
  }

  /** How many buckets it holds. */
  get size(): number {
    return this.#buckets.length;
  }

  get lastStart(): number | undefined {
    return this.#buckets.at(-1)?.start;
  }

  /** Rolls old buckets up and drops what is past retention. */
  compact(now: number): void {
    const old = this.#buckets;
    this.#buckets = [];
    for (const { start, distribution } of old) {
      const resolution = resolutionAt(now - start);
      if (resolution !== undefined) merge(this.#at(floor(start, resolution)), distribution);
    }
  }

  #at(start: number): Distribution {
    const index = this.#indexOf(start);
    const known = this.#buckets[index];
    if (known?.start === start) return known.distribution;
    const bucket = { start, distribution: emptyDistribution() };
    this.#buckets.splice(index, 0, bucket);
    return bucket.distribution;
  }

  /** Index of the first bucket that starts at or after `time`. New data comes at the end, so look there first. */
  #indexOf(time: number): number {
    const last = this.lastStart;
    if (last === undefined || last < time) return this.#buckets.length;
    let [low, high] = [0, this.#buckets.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#buckets[middle]?.start ?? Infinity) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export const floor = (time: number, step: number) => Math.floor(time / step) * step;
