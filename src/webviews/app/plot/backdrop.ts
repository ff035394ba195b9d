import type uPlot from 'uplot';
import type { Band, ChartData } from '../../../domain/metrics/model.ts';
import { type Palette, stateColors } from './palette.ts';

/** Room above the lines for the ribbon of states and the markers' flags, in CSS pixels. */
export const headroom = 34;
const ribbonTop = 20;

/** Behind the lines: a tint while in ALARM. Above them: the ribbon of alarm states, each with its own pattern and name. */
export function drawBands(u: uPlot, bands: readonly Band[], palette: Palette): void {
  for (const band of bands) {
    const span = visible(u, band.from, band.to);
    if (!span) continue;
    const color = palette.color(stateColors[band.state]);
    paint(u, (ctx, ratio) => {
      ctx.fillStyle = color;
      if (band.state === 'ALARM') {
        ctx.globalAlpha = 0.1;
        ctx.fillRect(span.left, u.bbox.top, span.width, u.bbox.height);
        ctx.globalAlpha = 1;
      }
      ribbon(ctx, band.state, span, ribbonTop * ratio, ratio);
    });
  }
}

/** ALARM is a full bar, missing data a row of dots, OK a thin line: told apart without colour. */
function ribbon(ctx: CanvasRenderingContext2D, state: Band['state'], span: Span, top: number, ratio: number): void {
  if (state === 'ALARM') ctx.fillRect(span.left, top, span.width, 6 * ratio);
  else if (state === 'OK') ctx.fillRect(span.left, top + 2 * ratio, span.width, 2 * ratio);
  else
    for (let x = span.left; x < span.left + span.width; x += 6 * ratio)
      ctx.fillRect(x, top + 1.5 * ratio, Math.min(3 * ratio, span.left + span.width - x), 3 * ratio);
}

/** In front of the lines: names of the states, and a flag for each action of Jarvis. */
export function drawLabels(u: uPlot, data: Pick<ChartData, 'bands' | 'markers'>, palette: Palette): void {
  paint(u, (ctx, ratio) => {
    ctx.font = scaled(palette.font, ratio);
    // uPlot leaves its axes' alignment behind
    ctx.textAlign = 'left';
    ctx.textBaseline = 'bottom';
    for (const band of data.bands) {
      const span = visible(u, band.from, band.to);
      if (!span || span.width < ctx.measureText(band.state).width + 4 * ratio) continue;
      ctx.fillStyle = palette.color(stateColors[band.state]);
      ctx.fillText(band.state, span.left, (ribbonTop - 3) * ratio);
    }
    let free = 0;
    for (const marker of data.markers) free = flag(u, ctx, marker, palette, ratio, free);
  });
}

/** Draws one flag; the label only where the one before has left room. Returns where the next label may begin. */
function flag(
  u: uPlot,
  ctx: CanvasRenderingContext2D,
  marker: ChartData['markers'][number],
  palette: Palette,
  ratio: number,
  free: number,
): number {
  if (!visible(u, marker.at, marker.at)) return free;
  const x = Math.round(u.valToPos(marker.at, 'x', true));
  const { top, height, left, width } = u.bbox;
  ctx.strokeStyle = ctx.fillStyle = palette.color('--accent');
  ctx.lineWidth = 1.5 * ratio;
  ctx.setLineDash([2 * ratio, 2 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, top + height);
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(x - 5 * ratio, top - 7 * ratio);
  ctx.lineTo(x + 5 * ratio, top - 7 * ratio);
  ctx.lineTo(x, top + ratio);
  ctx.fill();
  const textWidth = ctx.measureText(marker.label).width;
  const onLeft = x + textWidth + 8 * ratio > left + width;
  const textLeft = onLeft ? x - textWidth - 6 * ratio : x + 6 * ratio;
  if (textLeft < Math.max(free, left)) return free;
  ctx.fillText(marker.label, textLeft, top + 13 * ratio);
  return textLeft + textWidth + 8 * ratio;
}

interface Span {
  readonly left: number;
  readonly width: number;
}

/** The part of a span that is in view, in canvas pixels. */
function visible(u: uPlot, from: number, to: number): Span | undefined {
  const { min, max } = u.scales['x'] ?? {};
  if (min === undefined || max === undefined || to < min || from > max) return undefined;
  const left = u.valToPos(Math.max(from, min), 'x', true);
  return { left, width: u.valToPos(Math.min(to, max), 'x', true) - left };
}

function paint(u: uPlot, draw: (ctx: CanvasRenderingContext2D, ratio: number) => void): void {
  u.ctx.save();
  draw(u.ctx, devicePixelRatio);
  u.ctx.restore();
}

/** A CSS font for the canvas, whose pixels are the device's. */
export function scaled(font: string, ratio: number): string {
  return font.replace(/^([\d.]+)px/, (_, size: string) => `${Number(size) * ratio}px`);
}
