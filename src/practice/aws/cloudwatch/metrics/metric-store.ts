import { type MetricId, metricKey } from '../shapes.ts';
import { type Distribution, emptyDistribution, merge, type Sample } from './distribution.ts';
import { Series } from './series.ts';

export interface Put {
  readonly metric: MetricId;
  readonly unit: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Storage resolution in seconds: 1 or 60. */
  readonly resolution: number;
  readonly samples: readonly Sample[];
}

export interface Window {
  /** Milliseconds since the epoch; `to` is not included. */
  readonly from: number;
  readonly to: number;
  /** Seconds. */
  readonly period: number;
}

interface Entry {
  readonly metric: MetricId;
  readonly units: Map<string, Series>;
  lastPut: number;
}

const compactEvery = 10 * 60_000;

interface StoreLimits {
  readonly metrics: number;
  /** A bucket is what one metric kept of one second, minute or hour: some 200 bytes. */
  readonly buckets: number;
}

/** Every metric that was put, in memory: for AWS's retention, and no more than the limits; the longest unused go first. */
export class MetricStore {
  readonly #entries = new Map<string, Entry>();
  readonly #limits: StoreLimits;
  #buckets = 0;
  #compacted = 0;

  constructor(limits: StoreLimits = { metrics: 20_000, buckets: 1_000_000 }) {
    this.#limits = limits;
  }

  put({ metric, unit, time, resolution, samples }: Put, now: number): void {
    const entry = this.#entry(metric, now);
    const series = entry.units.get(unit) ?? new Series();
    entry.units.set(unit, series);
    const before = series.size;
    for (const sample of samples) series.add(time, resolution * 1000, sample, now);
    this.#buckets += series.size - before;
    this.#trim();
    if (now - this.#compacted >= compactEvery) this.#compact(now);
  }

  /** Metrics with the time of their last put. */
  list(): readonly Entry[] {
    return [...this.#entries.values()];
  }

  units(metric: MetricId): readonly string[] {
    return [...(this.#entries.get(metricKey(metric))?.units.keys() ?? [])];
  }

  /** Data of one unit, or of all units, gathered into periods that begin at `from`. Periods without data are absent. */
  read(metric: MetricId, { from, to, period }: Window, unit?: string): Map<number, Distribution> {
    const periods = new Map<number, Distribution>();
    const units = this.#entries.get(metricKey(metric))?.units ?? new Map<string, Series>();
    for (const [name, series] of units) {
      if (unit !== undefined && unit !== name) continue;
      for (const bucket of series.between(from, to)) {
        const start = from + Math.floor((bucket.start - from) / (period * 1000)) * period * 1000;
        const known = periods.get(start) ?? emptyDistribution();
        periods.set(start, known);
        merge(known, bucket.distribution);
      }
    }
    return periods;
  }

  #entry(metric: MetricId, now: number): Entry {
    const key = metricKey(metric);
    const entry = this.#entries.get(key) ?? { metric, units: new Map<string, Series>(), lastPut: now };
    entry.lastPut = now;
    // the map keeps the order of puts, so its first key is what was not written to for the longest time
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #trim(): void {
    for (const [key, entry] of this.#entries) {
      const fits = this.#entries.size <= this.#limits.metrics && this.#buckets <= this.#limits.buckets;
      if (fits || this.#entries.size === 1) return;
      this.#entries.delete(key);
      this.#buckets -= sizeOf(entry);
    }
  }

  #compact(now: number): void {
    this.#compacted = now;
    for (const [key, { units }] of this.#entries) {
      for (const [unit, series] of units) {
        series.compact(now);
        if (series.lastStart === undefined) units.delete(unit);
      }
      if (units.size === 0) this.#entries.delete(key);
    }
    this.#buckets = this.list().reduce((sum, entry) => sum + sizeOf(entry), 0);
  }
}

const sizeOf = ({ units }: Entry) => [...units.values()].reduce((sum, series) => sum + series.size, 0);
