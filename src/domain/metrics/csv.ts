import { oneLine } from '../../core/text.ts';
import type { ChartData } from './model.ts';

/**
 * The chart as a table: one row a time (ISO 8601, UTC), one column a series, an empty cell for a gap. RFC 4180 quoting;
 * text that a spreadsheet would take for a formula is disarmed with an apostrophe (OWASP, "CSV Injection").
 */
export function toCsv(data: ChartData): string {
  const columns = data.series.map(({ times, values }) => new Map(times.map((time, index) => [time, values[index]])));
  const times = [...new Set(data.series.flatMap((series) => series.times))].sort((a, b) => a - b);
  const header = [
    'time',
    ...data.series.map(({ label, unit }) => text(unit === 'none' ? label : `${label} (${unit})`)),
  ];
  const rows = times.map((time) => [
    new Date(time).toISOString(),
    ...columns.map((column) => String(column.get(time) ?? '')),
  ]);
  return [header, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function text(value: string): string {
  const line = oneLine(value);
  const disarmed = /^\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]/.test(line) ? `'${line}` : line;
  return /[",]/.test(disarmed) ? `"${disarmed.replaceAll('"', '""')}"` : disarmed;
}
