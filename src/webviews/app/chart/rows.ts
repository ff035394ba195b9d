import type { Series } from '../../../domain/metrics/model.ts';

/** The values of all series at one time: `null` is a gap, undefined means that the series has no point then. */
export interface Row {
  readonly at: number;
  readonly values: readonly (number | null | undefined)[];
}

/** One row for each time in [from, to] at which any series has a point, newest first. */
export function rowsOf(series: readonly Series[], from: number, to: number): readonly Row[] {
  const rows = new Map<number, (number | null | undefined)[]>();
  series.forEach((one, column) => {
    one.times.forEach((at, index) => {
      if (at < from || at > to) return;
      const row = rows.get(at) ?? new Array<undefined>(series.length).fill(undefined);
      row[column] = one.values[index];
      rows.set(at, row);
    });
  });
  return [...rows].map(([at, values]) => ({ at, values })).sort((a, b) => b.at - a.at);
}
