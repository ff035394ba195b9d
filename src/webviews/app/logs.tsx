import { render } from 'preact';
import { LogBuffer } from '../../domain/logs/buffer.ts';
import type { LogLine } from '../../domain/logs/line.ts';
import type { LogsStatus, LogsToHost, LogsToView } from '../contract/logs.ts';
import { LogsPage } from './logs/logs-page.tsx';
import { type Look, readLook } from './logs/look.ts';
import { ShownLines } from './logs/shown-lines.ts';
import { connect, settle } from './shared/host.ts';
import './shared/base.css';
import './shared/icons.css';
import './shared/toolbar.css';
import './logs/logs.css';

let status: LogsStatus | undefined;
const lines = new LogBuffer<LogLine>();
let turn: ReturnType<typeof setTimeout> | undefined;
const shown = new ShownLines(lines, goOnLater);

const host = connect<LogsToView, LogsToHost>({
  init(init) {
    settle(init);
    host.remember(init.persisted);
  },
  lines({ from, lines: fresh, first }) {
    // what was read under other options, or could not be sent in time, is gone
    if (from !== lines.end) shown.restart(from);
    lines.dropBefore(first);
    lines.push(fresh.map(([source, at, text]) => ({ source, at, text })));
    goOn();
  },
  status(next) {
    status = next;
    host.remember(next.persisted);
    draw();
  },
});
let look = readLook(host.recall());
shown.filter(look.filter, look.only);

function setLook(next: Look): void {
  look = next;
  host.remember({ look });
  shown.filter(look.filter, look.only);
  draw();
}

function goOnLater(): void {
  clearTimeout(turn);
  turn = setTimeout(goOn);
}

function goOn(): void {
  shown.update();
  draw();
}

function draw(): void {
  const root = document.getElementById('root');
  if (root && status) render(<LogsPage {...{ status, look, host, setLook, lines, shown }} />, root);
}

host.send('ready', {});
