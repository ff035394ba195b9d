import * as vscode from 'vscode';
import { setBundle } from './core/l10n.ts';
import { registerAlarmIndicator } from './features/alarm-indicator/index.ts';
import { registerCharts } from './features/charts/index.ts';
import { registerGuards } from './features/guards/index.ts';
import { registerHelm } from './features/helm/index.ts';
import { registerLogs } from './features/logs/index.ts';
import { registerObjects } from './features/objects/index.ts';
import { registerRemediation } from './features/remediation/index.ts';
import { registerSetUp } from './features/set-up/index.ts';
import { sidebar } from './features/sidebar/index.ts';
import { createServices } from './services.ts';
import { registerCommand } from './ui/commands.ts';
import { channelLogger } from './ui/log.ts';

/** Every room of the house. Each registers its views and commands at once, and loads what is heavy when it is used. */
const features = [
  sidebar,
  registerAlarmIndicator,
  registerCharts,
  registerGuards,
  registerHelm,
  registerLogs,
  registerObjects,
  registerRemediation,
  registerSetUp,
];

export function activate(context: vscode.ExtensionContext): void {
  setBundle(vscode.l10n.bundle);
  const channel = vscode.window.createOutputChannel('Jarvis', { log: true });
  const services = createServices(context, channelLogger(channel));
  context.subscriptions.push(
    channel,
    registerCommand(services, 'jarvis.showLog', () => channel.show()),
    ...features.map((register) => register(services)),
  );
  services.log.info('Jarvis is active.');
}
