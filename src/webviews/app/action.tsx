import { render } from 'preact';
import type { ChartData } from '../../domain/metrics/model.ts';
import type { ActionToHost, ActionToView, ActionUpdate } from '../contract/action.ts';
import { ActionPage } from './action/action-page.tsx';
import { connect, settle } from './shared/host.ts';
import './shared/base.css';
import './shared/icons.css';
import './shared/plot.css';
import './action/action.css';
import './action/detail.css';

let update: ActionUpdate | undefined;
let chart: ChartData | undefined;
let clockOffset = 0;

const host = connect<ActionToView, ActionToHost>({
  init(init) {
    settle(init);
    host.remember(init.persisted);
  },
  action(next) {
    update = next;
    clockOffset = next.now - Date.now();
    draw();
  },
  chart(next) {
    chart = next.data;
    draw();
  },
});

function draw(): void {
  const root = document.getElementById('root');
  if (root && update) render(<ActionPage update={update} chart={chart} host={host} clockOffset={clockOffset} />, root);
}

host.send('ready', {});
