import type { TimeRange } from './model.ts';

/** Milliseconds since the epoch, `from` < `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const day = 86_400_000;

/** A relative range ends now; an absolute one stays. */
export function resolveRange(range: TimeRange, now: number): Span {
  return 'last' in range ? { from: now - range.last * 1000, to: now } : { from: range.from, to: range.to };
}

/**
 * How long CloudWatch keeps points of each period: shorter ones are rolled up.
 * Source: CloudWatch user guide, "Metrics retention".
 */
const retention: readonly (readonly [periodSeconds: number, keptMs: number])[] = [
  [1, 3 * 3_600_000],
  [60, 15 * day],
  [300, 63 * day],
  [3600, 455 * day],
];
export const longestRetentionMs = 455 * day;

/** Points that one GetMetricData call answers, all queries together. Source: GetMetricData API reference. */
const maxPoints = 100_800;
/** More than a screen has pixels helps nobody. */
const enoughPoints = 5_000;
const periods = [60, 300, 900, 3600, 6 * 3600, 86_400];

/**
 * The finest period, in seconds, that the retention still holds at the span's start, that fits one call, and that is a
 * multiple of `basePeriod` (the alarm's own, so that the line shows what the alarm sees).
 */
export function choosePeriod(span: Span, now: number, { seriesCount = 1, basePeriod = 60 } = {}): number {
  const age = now - span.from;
  const kept = retention.find(([, keptMs]) => age <= keptMs)?.[0] ?? 3600;
  const limit = Math.min(enoughPoints, Math.floor(maxPoints / Math.max(1, seriesCount)));
  const fits = (period: number) => period >= kept && (span.to - span.from) / 1000 / period <= limit;
  const candidates = [basePeriod, ...periods.map((period) => Math.ceil(period / basePeriod) * basePeriod)];
  return candidates.find(fits) ?? Math.ceil((span.to - span.from) / 1000 / limit / 86_400) * 86_400;
}

/** The span widened to whole periods, so that CloudWatch aggregates on the clock. */
export function alignSpan(span: Span, periodSeconds: number): Span {
  const step = periodSeconds * 1000;
  return { from: Math.floor(span.from / step) * step, to: Math.ceil(span.to / step) * step };
}

/** Puts points on the grid of the span; where none came there is `null`, a gap. */
export function onGrid(
  points: ReadonlyMap<number, number>,
  span: Span,
  stepSeconds: number,
): { readonly times: readonly number[]; readonly values: readonly (number | null)[] } {
  const step = stepSeconds * 1000;
  const count = Math.max(0, Math.ceil((span.to - span.from) / step));
  const times = Array.from({ length: count }, (_, index) => span.from + index * step);
  return { times, values: times.map((time) => points.get(time) ?? null) };
}
