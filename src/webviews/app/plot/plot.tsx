import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ChartData } from '../../../domain/metrics/model.ts';
import { downsample } from './downsample.ts';
import { plotOptions, type PlotSource } from './options.ts';
import { onThemeChange, readPalette } from './palette.ts';
import type { View } from './view.ts';

export interface PlotProps {
  readonly data: ChartData;
  readonly view: View;
  /** Where the keyboard has put the cursor. */
  readonly cursorAt?: number | undefined;
  /** Small, without zoom. */
  readonly compact?: boolean;
  readonly onCursor: (at: number | undefined) => void;
  readonly onZoom: (view: View) => void;
  /** The plot itself, for the picture to save; undefined when it goes. */
  readonly onPlot?: (plot: uPlot | undefined) => void;
}

/** The canvas: made anew when its lines are other ones, fed anew when only their points are. */
export function Plot(props: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const shape = props.data.series
    .map(({ id, label, unit, axis, style }) => [id, label, unit, axis, style].join())
    .join('|');

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    return mount(element, latest, plot);
  }, [shape, props.compact]);

  useEffect(() => {
    const u = plot.current;
    if (u) u.setData(pointsFor(latest.current, u.width));
  }, [props.data, props.view.from, props.view.to]);

  useEffect(() => {
    const u = plot.current;
    if (u && props.cursorAt !== undefined) u.setCursor({ left: u.valToPos(props.cursorAt, 'x'), top: 10 }, false);
  }, [props.cursorAt]);

  return <div class="plot" ref={box} />;
}

interface Ref<T> {
  current: T;
}

function mount(element: HTMLElement, latest: Ref<PlotProps>, plot: Ref<uPlot | undefined>): () => void {
  let palette = readPalette();
  const source: PlotSource = {
    data: () => latest.current.data,
    view: () => latest.current.view,
    palette: () => palette,
    onCursor: (at) => latest.current.onCursor(at),
    onZoom: (from, to) => latest.current.onZoom({ from, to }),
  };
  const { width, height } = sizeOf(element);
  const options = plotOptions(source, width, height, latest.current.compact ?? false);
  const u = new uPlot(options, pointsFor(latest.current, width), element);
  plot.current = u;
  latest.current.onPlot?.(u);

  const resize = new ResizeObserver(() => {
    const next = sizeOf(element);
    if (next.width === u.width && next.height === u.height) return;
    u.setSize(next);
    u.setData(pointsFor(latest.current, next.width));
  });
  resize.observe(element);
  const endTheme = onThemeChange(() => {
    palette = readPalette();
    u.redraw(false, true);
  });
  return () => {
    resize.disconnect();
    endTheme();
    u.destroy();
    plot.current = undefined;
    latest.current.onPlot?.(undefined);
  };
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: Math.max(200, element.clientWidth), height: Math.max(120, element.clientHeight) };
}

/** All lines on one time axis, no more points than can be seen. */
function pointsFor({ data, view }: PlotProps, width: number): uPlot.AlignedData {
  const columns = Math.max(1, Math.round(width * devicePixelRatio));
  return uPlot.join(
    data.series.map((series) => {
      const { times, values } = downsample(series, view.from, view.to, columns);
      return [[...times], [...values]];
    }),
  );
}
