import type uPlot from 'uplot';
import type { ChartData } from '../../../domain/metrics/model.ts';
import { scaled } from '../plot/backdrop.ts';
import { type Palette, readPalette, type Stroke, strokesOf } from '../plot/palette.ts';

const margin = 16;
const headHeight = 44;
const lineHeight = 18;

/** The chart with its title, legend and source, as a PNG data URL that can stand alone in a report. */
export function pictureOf(plot: uPlot, data: ChartData): string {
  const ratio = devicePixelRatio;
  const palette = readPalette();
  const canvas = document.createElement('canvas');
  const footHeight = (data.series.length + 1) * lineHeight + margin;
  canvas.width = plot.ctx.canvas.width + 2 * margin * ratio;
  canvas.height = plot.ctx.canvas.height + (headHeight + footHeight + margin) * ratio;
  const ctx = canvas.getContext('2d');
  if (!ctx) throw new Error('no 2d canvas');
  ctx.fillStyle = palette.color('--background');
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(plot.ctx.canvas, margin * ratio, (headHeight + margin / 2) * ratio);
  ctx.scale(ratio, ratio);
  words(ctx, palette, data, headHeight + margin + plot.height);
  return canvas.toDataURL('image/png');
}

function words(ctx: CanvasRenderingContext2D, palette: Palette, data: ChartData, footTop: number): void {
  const write = (text: string, left: number, top: number, size: number, color: '--text' | '--muted') => {
    ctx.font = scaled(palette.font, size / 11);
    ctx.fillStyle = palette.color(color);
    ctx.fillText(text, left, top);
  };
  write(data.title, margin, margin + 10, 15, '--text');
  write(data.subtitle, margin, margin + 28, 11, '--muted');
  const strokes = strokesOf(data.series);
  data.series.forEach((series, index) => {
    const top = footTop + (index + 1) * lineHeight;
    const stroke = strokes[index];
    if (stroke) sample(ctx, palette, stroke, top - 4);
    write(series.label, margin + 36, top, 11, '--text');
  });
  write(data.source, margin, footTop + (data.series.length + 1) * lineHeight, 11, '--muted');
}

function sample(ctx: CanvasRenderingContext2D, palette: Palette, stroke: Stroke, y: number): void {
  ctx.save();
  ctx.strokeStyle = palette.color(stroke.color);
  ctx.lineWidth = stroke.width;
  ctx.setLineDash([...stroke.dash]);
  ctx.beginPath();
  ctx.moveTo(margin, y);
  ctx.lineTo(margin + 28, y);
  ctx.stroke();
  ctx.restore();
}
