import type * as vscode from 'vscode';
import { systemClock } from '../../../src/core/clock.ts';
import { Emitter } from '../../../src/core/event.ts';
import { silentLogger } from '../../../src/core/log.ts';
import { actionPanels } from '../../../src/webviews/panels/action-panel.ts';
import { chartPanels, newChart } from '../../../src/webviews/panels/chart-panel.ts';
import { actionScenes } from './action-scenes.ts';
import { cpuOf, scriptedSource } from './chart-scenes.ts';
import { ScriptedModel } from './scripted-model.ts';

const nothing = () => Promise.resolve();

/** An extension of only the two panels, on scripted data; opens both in its first window. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const ports = {
    clock: systemClock,
    log: silentLogger,
    openUrl: nothing,
    openAction: nothing,
    openLog: () => undefined,
    runRemedy: nothing,
    saveCsv: nothing,
    savePng: nothing,
    titleOf: () => 'Scale HPA',
    onDidChangeTitle: new Emitter<undefined>().event,
    sources: () => Promise.resolve([scriptedSource('live')]),
  };
  const charts = chartPanels(context.extensionUri, ports);
  const actions = actionPanels(context.extensionUri, ports, () =>
    Promise.resolve(() => new ScriptedModel(actionScenes.verifying(Date.now()), cpuOf({ last: 1800 }, 15))),
  );
  context.subscriptions.push(charts, actions);
  if (context.workspaceState.get('opened') === true) return;
  await context.workspaceState.update('opened', true);
  await charts.open(newChart({ kind: 'alarm', alarm: { arn: 'arn:cpu', scope: 'prod' }, name: 'front-end-cpu' }));
  await actions.open({ planId: 'jv-abcdefghijkmnpqr' });
}
