import { t } from '../../../core/l10n.ts';
import type { ChartData, Series } from '../../../domain/metrics/model.ts';
import { strokesOf } from '../plot/palette.ts';
import { latest, valueAt } from '../plot/read.ts';
import { Swatch } from '../plot/swatch.tsx';
import { dateTime, withUnit } from './format.ts';

interface LegendProps {
  readonly data: ChartData;
  /** The cursor; without one, the newest values. */
  readonly at: number | undefined;
}

/** Each line's name and value. The rows never move: only the numbers change. */
export function Legend({ data, at }: LegendProps) {
  const strokes = strokesOf(data.series);
  return (
    <div class="legend">
      <div class="legend-time" aria-live="polite">
        {at === undefined ? t('Latest') : dateTime(at)}
      </div>
      <dl class="legend-lines">
        {data.series.map((series, index) => {
          const stroke = strokes[index];
          return (
            <div key={series.id} class="legend-line">
              <dt>
                {stroke && <Swatch stroke={stroke} />}
                <span class="legend-label">{series.label}</span>
              </dt>
              <dd>{reading(series, at, data.stepSeconds * 1000)}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

function reading(series: Series, at: number | undefined, tolerance: number): string {
  const value = at === undefined ? latest(series)?.value : valueAt(series, at, tolerance);
  return value === null || value === undefined ? t('no data') : withUnit(value, series.unit);
}
