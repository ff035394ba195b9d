import { t } from '../../../core/l10n.ts';
import type { TimeRange } from '../../../domain/metrics/model.ts';

const hour = 3600;
const day = 24 * hour;

/** The ranges that CloudWatch's own console offers. */
export const presets = [hour, 3 * hour, 12 * hour, day, 3 * day, 7 * day, 14 * day] as const;

/** "3 h", "1 d", "2 w". */
export function presetLabel(seconds: number): string {
  if (seconds % (7 * day) === 0) return t('{0} w', seconds / (7 * day));
  return seconds % day === 0 ? t('{0} d', seconds / day) : t('{0} h', seconds / hour);
}

/** Milliseconds to what an input of type datetime-local shows, in local time. */
export function toLocalInput(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The range of the two inputs, or why it is none. */
export function customRange(from: string, to: string, now: number): TimeRange | { readonly problem: string } {
  const range = { from: Date.parse(from), to: Math.min(Date.parse(to), now) };
  if (Number.isNaN(range.from) || Number.isNaN(range.to)) return { problem: t('Both times are needed.') };
  if (range.from >= range.to) return { problem: t('The start must come before the end, and before now.') };
  return range;
}
