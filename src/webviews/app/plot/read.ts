import { t } from '../../../core/l10n.ts';
import type { ChartData, Series } from '../../../domain/metrics/model.ts';
import { timeOfDay, withUnit } from '../shared/format.ts';
import { lowerBound } from './downsample.ts';

/**
 * What a line says at a moment. A line answers with its nearest point within `toleranceMs`, a step or threshold with its
 * last point before. `null`: a gap; undefined: it does not reach there.
 */
export function valueAt(series: Series, at: number, toleranceMs: number): number | null | undefined {
  const { times, values } = series;
  const after = lowerBound(times, at);
  if (series.style !== 'line') {
    const index = times[after] === at ? after : after - 1;
    return values[series.style === 'threshold' ? Math.max(0, index) : index];
  }
  const [before, next] = [times[after - 1] ?? -Infinity, times[after] ?? Infinity];
  const nearest = at - before < next - at ? after - 1 : after;
  return Math.min(at - before, next - at) <= toleranceMs ? values[nearest] : undefined;
}

/** The newest point that is no gap. */
export function latest(series: Series): { readonly at: number; readonly value: number } | undefined {
  for (let index = series.values.length - 1; index >= 0; index--) {
    const value = series.values[index];
    const at = series.times[index];
    if (typeof value === 'number' && at !== undefined) return { at, value };
  }
  return undefined;
}

export function hasPoints(data: ChartData): boolean {
  return data.series.some((series) => series.style !== 'threshold' && latest(series) !== undefined);
}

/** The chart in words, for those who do not see it. */
export function summary(data: ChartData): string {
  const lines = data.series.map((series) => seriesSummary(series));
  const alarm = data.bands.findLast((band) => band.state === 'ALARM');
  if (alarm) lines.push(t('In ALARM from {0} to {1}.', timeOfDay(alarm.from), timeOfDay(alarm.to)));
  if (data.markers.length > 0) lines.push(t('Actions of Jarvis in this range: {0}.', data.markers.length));
  return [t('Chart: {0}', data.title), ...lines].join(' ');
}

function seriesSummary(series: Series): string {
  const last = latest(series);
  if (!last) return t('{0}: no data.', series.label);
  let [low, high] = [Infinity, -Infinity];
  for (const value of series.values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const words = [last.value, low, high].map((value) => withUnit(value, series.unit)) as [string, string, string];
  if (series.style === 'threshold') return t('{0}: {1}.', series.label, words[0]);
  return t('{0}: {1} at {2}, between {3} and {4}.', series.label, words[0], timeOfDay(last.at), words[1], words[2]);
}
