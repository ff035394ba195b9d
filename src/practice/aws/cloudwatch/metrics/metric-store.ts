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

/** Every metric that was put, in memory, bounded by AWS's retention and by a number of metrics. */
export class MetricStore {
  readonly #entries = new Map<string, Entry>();
  readonly #maxMetrics: number;
  #compacted = 0;

  constructor(maxMetrics = 20_000) {
    this.#maxMetrics = maxMetrics;
  }

  put({ metric, unit, time, resolution, samples }: Put, now: number): void {
    const entry = this.#entry(metric, now);
    const series = entry.units.get(unit) ?? new Series();
    entry.units.set(unit, series);
    for (const sample of samples) series.add(time, resolution * 1000, sample, now);
    if (now - this.#compacted >= compactEvery) this.#compact(now);
  }

  /** Metrics with the time of their last put. */
  list(): readonly { readonly metric: MetricId; readonly lastPut: number }[] {
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
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > this.#maxMetrics && oldest !== undefined) this.#entries.delete(oldest);
    return entry;
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
  }
}
