import * as vscode from 'vscode';
import { type ChartPersisted, chartPersisted, type ChartToView } from '../contract/chart.ts';
import { type ChartPorts, ChartSession } from './chart-session.ts';
import type { PanelContent } from './panels.ts';
import { attach, readAs } from './webview-host.ts';

/** All that a chart needs but its panel. */
export type ChartPanelPorts = Omit<ChartPorts, 'send' | 'language'>;

/** What stands behind a chart's panel. */
export function chartContent(extensionUri: vscode.Uri, ports: ChartPanelPorts): PanelContent<ChartPersisted> {
  return {
    read: readAs(chartPersisted),
    fill: (panel, view) =>
      attach<ChartToView>(
        panel,
        extensionUri,
        'chart',
        (send) => new ChartSession(view, { ...ports, send, language: vscode.env.language }),
      ),
  };
}
