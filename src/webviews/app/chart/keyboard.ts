import { lowerBound } from '../plot/downsample.ts';
import type { View } from '../plot/view.ts';

/** What a key asks of the chart. */
export type KeyAction = { readonly cursor: number } | { readonly zoom: View | undefined };

interface Situation {
  /** Times of the main line, ascending. */
  readonly times: readonly number[];
  readonly full: View;
  readonly view: View;
  readonly cursor: number | undefined;
}

/** Arrows walk the points (with Shift ten at a time), Home and End jump, + and - zoom about the cursor, Escape resets. */
export function keyAction(
  key: string,
  shift: boolean,
  { times, full, view, cursor }: Situation,
): KeyAction | undefined {
  const step = shift ? 10 : 1;
  switch (key) {
    case 'ArrowLeft':
      return walk(times, view, cursor, -step);
    case 'ArrowRight':
      return walk(times, view, cursor, step);
    case 'Home':
      return walk(times, view, view.from, 0);
    case 'End':
      return walk(times, view, view.to, 0);
    case '+':
    case '=':
      return { zoom: about(view, full, cursor, 0.5) };
    case '-':
      return { zoom: about(view, full, cursor, 2) };
    case 'Escape':
      return { zoom: undefined };
    default:
      return undefined;
  }
}

function walk(times: readonly number[], view: View, from: number | undefined, step: number): KeyAction | undefined {
  const first = lowerBound(times, view.from);
  const last = lowerBound(times, view.to + 1) - 1;
  const start = from === undefined ? last - Math.max(step, 0) : Math.min(lowerBound(times, from), last);
  const cursor = times[Math.min(last, Math.max(first, start + step))];
  return cursor === undefined ? undefined : { cursor };
}

/** The view scaled about the cursor (or its middle), within the full range; undefined when it would be all of it. */
function about(view: View, full: View, cursor: number | undefined, factor: number): View | undefined {
  const center = cursor ?? (view.from + view.to) / 2;
  const from = Math.max(full.from, center - (center - view.from) * factor);
  const to = Math.min(full.to, center + (view.to - center) * factor);
  return from <= full.from && to >= full.to ? undefined : { from, to };
}
