import { t } from '../../../core/l10n.ts';
import type { Series, Unit } from '../../../domain/metrics/model.ts';

/** A y scale with its axis: lines of one unit, on the edge where they are read. */
export interface Scale {
  readonly key: string;
  readonly unit: Unit;
  readonly edge: 'left' | 'right';
}

/**
 * The scales of a chart, in the order of its lines: two units never share one, since their values have nothing in common.
 * The left edge belongs to the first that asks for it; further ones stand on the right.
 */
export function scalesOf(series: readonly Series[]): readonly Scale[] {
  const lines = series.filter(({ style }) => style !== 'threshold');
  const scales = new Map<string, Scale>();
  for (const line of lines.length > 0 ? lines : series) {
    const { axis, unit } = line;
    const isLeft = axis === 'left' && ![...scales.values()].some(({ edge }) => edge === 'left');
    if (!scales.has(keyOf(line))) scales.set(keyOf(line), { key: keyOf(line), unit, edge: isLeft ? 'left' : 'right' });
  }
  return [...scales.values()];
}

/** The key of the scale that a series is drawn on. A threshold without a unit of its own is one of the first lines'. */
export function scaleOf(series: Series, scales: readonly Scale[]): string | undefined {
  return (scales.find(({ key }) => key === keyOf(series)) ?? scales[0])?.key;
}

function keyOf({ axis, unit }: Series): string {
  return `${axis} ${unit}`;
}

/** What stands along an axis; nothing where the values have no unit. */
export function unitInWords(unit: Unit): string {
  switch (unit) {
    case 'percent':
      return t('Percent');
    case 'millicores':
      return t('CPU cores');
    case 'bytes':
      return t('Bytes');
    case 'count':
      return t('Count');
    case 'seconds':
      return t('Seconds');
    case 'none':
      return '';
  }
}
