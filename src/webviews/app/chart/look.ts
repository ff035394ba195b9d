import type { View } from '../plot/view.ts';

/** What the page itself decides, and remembers while hidden. */
export interface Look {
  readonly mode: 'chart' | 'table';
  /** Set while zoomed in. */
  readonly zoom?: View | undefined;
}

/** The look that the page remembered; anything else than that is as good as nothing. */
export function readLook(remembered: Readonly<Record<string, unknown>>): Look {
  const look = remembered['look'] as Partial<Look> | undefined;
  const zoom = look?.zoom;
  return {
    mode: look?.mode === 'table' ? 'table' : 'chart',
    ...(typeof zoom?.from === 'number' && typeof zoom.to === 'number' && { zoom: { from: zoom.from, to: zoom.to } }),
  };
}
