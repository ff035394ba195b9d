import * as vscode from 'vscode';
import { type LogsPersisted, logsPersisted, type LogsToView } from '../contract/logs.ts';
import { type LogsPorts, LogsSession } from './logs-session.ts';
import type { PanelContent } from './panels.ts';
import { attach, readAs } from './webview-host.ts';

/** All that a log page needs but its panel. */
export type LogsPanelPorts = Omit<LogsPorts, 'send' | 'language'>;

/** What stands behind a log page's panel. */
export function logsContent(extensionUri: vscode.Uri, ports: LogsPanelPorts): PanelContent<LogsPersisted> {
  return {
    read: readAs(logsPersisted),
    fill: (panel, view) =>
      attach<LogsToView>(
        panel,
        extensionUri,
        'logs',
        (send) => new LogsSession(view, { ...ports, send, language: vscode.env.language }),
      ),
  };
}
