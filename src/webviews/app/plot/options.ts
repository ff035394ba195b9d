import uPlot from 'uplot';
import type { ChartData, Series } from '../../../domain/metrics/model.ts';
import { axisTime, withUnit } from '../shared/format.ts';
import { drawBands, drawLabels, headroom } from './backdrop.ts';
import { type Palette, strokesOf } from './palette.ts';
import { type Scale, scaleOf, scalesOf, unitInWords } from './scales.ts';

/** What the drawing asks for each time, so that new data and themes need no new plot. */
export interface PlotSource {
  data(): ChartData;
  view(): { readonly from: number; readonly to: number };
  palette(): Palette;
  onCursor(at: number | undefined): void;
  onZoom(from: number, to: number): void;
}

export function plotOptions(source: PlotSource, width: number, height: number, compact: boolean): uPlot.Options {
  const { series } = source.data();
  const scales = scalesOf(series);
  return {
    width,
    height,
    ms: 1,
    padding: [headroom, compact ? 8 : 12, 0, 0],
    legend: { show: false },
    cursor: cursor(series, compact),
    scales: {
      x: { time: true, range: () => [source.view().from, source.view().to] },
      ...Object.fromEntries(scales.map(({ key }) => [key, { range: valueRange }])),
    },
    axes: axes(source, scales, compact),
    series: [{}, ...lines(source, series, scales)],
    hooks: hooks(source),
  };
}

function cursor(series: readonly Series[], compact: boolean): uPlot.Cursor {
  return {
    y: false,
    // a threshold is the same everywhere: no point on it
    dataIdx: (_, index, closest) => (series[index - 1]?.style === 'threshold' ? null : closest),
    drag: { x: !compact, y: false, setScale: false, dist: 4 },
    points: { size: 7 },
  };
}

/** From zero, with a tenth of air above; a range of nothing still has a height. */
function valueRange(_: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax {
  const bottom = Math.min(0, low ?? 0);
  const top = high ?? 1;
  return [bottom, top + Math.max((top - bottom) * 0.1, top === bottom ? 1 : 0)];
}

function lines(source: PlotSource, series: readonly Series[], scales: readonly Scale[]): uPlot.Series[] {
  const strokes = strokesOf(series);
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return series.map((one, index) => {
    const stroke = strokes[index];
    const scale = scaleOf(one, scales);
    return {
      ...(scale !== undefined && { scale }),
      label: one.label,
      width: stroke?.width ?? 2,
      dash: [...(stroke?.dash ?? [])],
      stroke: () => source.palette().color(stroke?.color ?? '--text'),
      points: { show: one.style === 'line' && one.times.length < 2, size: 6 },
      ...(one.style === 'step' && stepped && { paths: stepped }),
    };
  });
}

function axes(source: PlotSource, scales: readonly Scale[], compact: boolean): uPlot.Axis[] {
  const look = {
    stroke: () => source.palette().color('--muted'),
    font: source.palette().font,
    ticks: { show: false },
    grid: { stroke: () => source.palette().color('--grid'), width: 1 },
  };
  const time: uPlot.Axis = {
    ...look,
    space: compact ? 70 : 80,
    size: 28,
    values: (_, splits, __, ___, step) => splits.map((at) => axisTime(at, step)),
  };
  return [time, ...scales.map((scale) => ({ ...look, labelFont: source.palette().font, ...valueAxis(scale) }))];
}

/** There is no half a pod. */
const wholeSteps = Array.from({ length: 12 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

function valueAxis({ key, unit, edge }: Scale): uPlot.Axis {
  const label = unitInWords(unit);
  const axis: uPlot.Axis = {
    scale: key,
    ...(label !== '' && { label, labelSize: 16, labelGap: 2 }),
    size: (_, values) => 14 + 6.5 * Math.max(3, ...((values as string[] | null) ?? []).map((text) => text.length)),
    values: (_, splits) => splits.map((value) => withUnit(value, unit)),
    ...(unit === 'count' && { incrs: wholeSteps }),
    ...(edge === 'right' && { grid: { show: false } }),
  };
  // uPlot's enum of sides exists in its types only; 3 is the left edge, 1 the right one
  return Object.assign(axis, { side: edge === 'left' ? 3 : 1 });
}

function hooks(source: PlotSource): uPlot.Hooks.Arrays {
  return {
    drawClear: [(u) => drawBands(u, source.data().bands, source.palette())],
    draw: [(u) => drawLabels(u, source.data(), source.palette())],
    setCursor: [(u) => source.onCursor(timeUnderCursor(u))],
    setSelect: [
      (u) => {
        if (u.select.width < 4) return;
        source.onZoom(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x'));
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      },
    ],
  };
}

function timeUnderCursor(u: uPlot): number | undefined {
  const { idx, left } = u.cursor;
  if (left === undefined || left < 0 || idx === null || idx === undefined) return undefined;
  return u.data[0][idx];
}
