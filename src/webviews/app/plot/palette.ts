import type { Band, Series } from '../../../domain/metrics/model.ts';

/** The colours of the stylesheet, by the name of their variable. */
export type Color =
  '--text' | '--muted' | '--grid' | '--background' | '--accent' | '--bad' | '--good' | `--line-${1 | 2 | 3 | 4 | 5}`;

/** The theme's colours, as they are now, and the canvas font. */
export interface Palette {
  readonly color: (name: Color) => string;
  readonly font: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const known = new Map<Color, string>();
  const color = (name: Color) => {
    const value = known.get(name) ?? style.getPropertyValue(name).trim();
    known.set(name, value);
    return value;
  };
  return { color, font: `11px ${style.getPropertyValue('--font').trim() || 'sans-serif'}` };
}

/** VS Code changes the body's classes and the root's variables when the theme changes. Returns the end of listening. */
export function onThemeChange(call: () => void): () => void {
  const observer = new MutationObserver(call);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => observer.disconnect();
}

export const stateColors: Readonly<Record<Band['state'], Color>> = {
  ALARM: '--bad',
  INSUFFICIENT_DATA: '--muted',
  OK: '--good',
};

/** How a line looks. Dash patterns tell lines apart where colours do not. */
export interface Stroke {
  readonly color: Color;
  readonly dash: readonly number[];
  readonly width: number;
}

const threshold: Stroke = { color: '--bad', dash: [6, 5], width: 1.5 };
const looks: readonly Omit<Stroke, 'width'>[] = [
  { color: '--line-1', dash: [] },
  { color: '--line-2', dash: [8, 4] },
  { color: '--line-3', dash: [2, 3] },
  { color: '--line-4', dash: [10, 4, 2, 4] },
  { color: '--line-5', dash: [5, 2] },
];

/** The strokes of all series, in their order; thresholds do not use up a look. */
export function strokesOf(series: readonly Series[]): readonly Stroke[] {
  let used = 0;
  return series.map(({ style }) => {
    const look = style === 'threshold' ? undefined : looks[used++ % looks.length];
    return look ? { ...look, width: style === 'step' ? 1.5 : 2 } : threshold;
  });
}
