import type { Stroke } from './palette.ts';

/** A bit of the line, as it is drawn in the plot. */
export function Swatch({ stroke }: { readonly stroke: Stroke }) {
  const style = { stroke: `var(${stroke.color})`, strokeWidth: stroke.width, strokeDasharray: stroke.dash.join(' ') };
  return (
    <svg class="swatch" width="28" height="10" aria-hidden="true">
      <line x1="0" y1="5" x2="28" y2="5" style={style} />
    </svg>
  );
}
