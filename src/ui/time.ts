import { t } from '../core/l10n.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span in one unit, changing to the next at two of it: "110 s", "3 m", "2 h", "5 d". Never negative. */
export function duration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < 2 * minute) return t('{0} s', Math.floor(span / second));
  if (span < 2 * hour) return t('{0} m', Math.floor(span / minute));
  if (span < 2 * day) return t('{0} h', Math.floor(span / hour));
  return t('{0} d', Math.floor(span / day));
}

/** "3 m ago". */
export function ago(then: number, now: number): string {
  return t('{0} ago', duration(now - then));
}

/** The clock time in the person's zone; with the date where it was not today. */
export function timeOfDay(at: number, now: number = Date.now()): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return format(sameDay ? 'clock' : 'dateAndClock', at);
}

/** Date and time, with seconds. */
export function fullTime(at: number): string {
  return format('full', at);
}

/** The language of dates; VS Code's own, which may differ from the machine's. */
export function setDateLanguage(next: string | undefined): void {
  language = next;
  formats.clear();
}

let language: string | undefined;
const formats = new Map<keyof typeof styles, Intl.DateTimeFormat>();
const styles = {
  clock: { timeStyle: 'short' },
  dateAndClock: { dateStyle: 'medium', timeStyle: 'short' },
  full: { dateStyle: 'medium', timeStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Made at first use: the first one of a process takes longer than all of activation. */
function format(style: keyof typeof styles, at: number): string {
  const known = formats.get(style) ?? new Intl.DateTimeFormat(language, styles[style]);
  formats.set(style, known);
  return known.format(at);
}
