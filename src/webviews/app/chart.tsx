import { render } from 'preact';
import type { ChartToHost, ChartToView, ChartUpdate } from '../contract/chart.ts';
import { ChartPage } from './chart/chart-page.tsx';
import { type Look, readLook } from './chart/look.ts';
import { connect, settle } from './shared/host.ts';
import './shared/base.css';
import './shared/icons.css';
import './shared/plot.css';
import './shared/toolbar.css';
import './chart/chart.css';

let update: ChartUpdate | undefined;

const host = connect<ChartToView, ChartToHost>({
  init(init) {
    settle(init);
    host.remember(init.persisted);
  },
  chart(next) {
    update = keepDrawn(next);
    host.remember(next.persisted);
    draw();
  },
});
let look = readLook(host.recall());

/** While another range is on its way the old drawing stays: nothing jumps. */
function keepDrawn(next: ChartUpdate): ChartUpdate {
  if (next.data || next.error || !update?.data) return next;
  return { ...next, data: update.data };
}

function setLook(next: Look): void {
  look = next;
  host.remember({ look });
  draw();
}

function draw(): void {
  const root = document.getElementById('root');
  if (root && update) render(<ChartPage update={update} look={look} host={host} setLook={setLook} />, root);
}

host.send('ready', {});
