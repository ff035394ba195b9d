import { t } from '../../../core/l10n.ts';
import type { Unit } from '../../../domain/metrics/model.ts';

let language: string | undefined;

/** The language of numbers and times (BCP 47); one that the engine does not know falls back to the default. */
export function setLanguage(next: string): void {
  language = Intl.DateTimeFormat.supportedLocalesOf([next])[0];
}

/** A value with its unit: "92.3 %", "250 m", "128 MiB". */
export function withUnit(value: number, unit: Unit): string {
  const [scaled, symbol] = scale(value, unit);
  return symbol === '' ? number(scaled) : `${number(scaled)} ${symbol}`;
}

/** The value and the symbol that a person reads it with. */
function scale(value: number, unit: Unit): [number, string] {
  switch (unit) {
    case 'percent':
      return [value, '%'];
    case 'millicores':
      return Math.abs(value) < 1000 ? [value, 'm'] : [value / 1000, t('cores')];
    case 'bytes':
      return bytes(value);
    case 'seconds':
      return Math.abs(value) < 1 ? [value * 1000, 'ms'] : [value, 's'];
    case 'count':
    case 'none':
      return [value, ''];
  }
}

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

function bytes(value: number): [number, string] {
  const power = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value)) / 10);
  const index = Math.min(binary.length - 1, Math.max(0, power));
  return [value / 1024 ** index, binary[index] ?? 'B'];
}

function number(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 1000 ? 1 : 0;
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** A local time of day, with seconds: "10:42:07"; with the date where that is not the day of `now`. */
export function timeOfDay(at: number, now = at): string {
  if (new Date(at).toDateString() !== new Date(now).toDateString()) return dateTime(at);
  return format(at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
}

/** A local date and time, with seconds. */
export function dateTime(at: number): string {
  return format(at, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
}

/** The words of a time axis: as coarse as its step (ms) allows. */
export function axisTime(at: number, stepMs: number): string {
  if (stepMs >= 86_400_000) return format(at, { month: 'short', day: 'numeric' });
  const midnight = new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0;
  if (midnight && stepMs >= 60_000) return format(at, { month: 'short', day: 'numeric' });
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return format(at, stepMs < 60_000 ? { ...clock, second: '2-digit' } : clock);
}

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, options).format(at);
}

/** A stopwatch: "0:42", "12:05", "1:02:03". */
export function elapsed(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = String(seconds).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** How long something took: "3 s", "2 min 5 s", "1 h 4 min". */
export function took(ms: number): string {
  const total = Math.max(0, Math.round(ms / 1000));
  if (total < 60) return t('{0} s', total);
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return total % 60 === 0 ? t('{0} min', minutes) : t('{0} min {1} s', minutes, total % 60);
  return t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}
