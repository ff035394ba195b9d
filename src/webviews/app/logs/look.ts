import { type LogFilter, noFilter } from '../../../domain/logs/filter.ts';

/** How this page shows its lines; kept while it is hidden and across a reload. */
export interface Look {
  readonly timestamps: boolean;
  readonly wrap: boolean;
  readonly filter: LogFilter;
  /** Only the lines that the filter lets through; otherwise they are marked among all. */
  readonly only: boolean;
}

/** What was remembered, as far as it can be read. */
export function readLook({ look }: Readonly<Record<string, unknown>>): Look {
  const { timestamps = true, wrap = false, only = true, filter } = asRecord(look);
  const { text = '', regex, matchCase, invert } = asRecord(filter);
  return {
    timestamps: timestamps === true,
    wrap: wrap === true,
    only: only === true,
    filter: {
      ...noFilter,
      text: typeof text === 'string' ? text : '',
      regex: regex === true,
      matchCase: matchCase === true,
      invert: invert === true,
    },
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
