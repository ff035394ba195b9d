import * as vscode from 'vscode';
import { type ActionPersisted, actionPersisted, type ActionToView } from '../contract/action.ts';
import type { ActionModel } from './action-model.ts';
import { type ActionPorts, ActionSession } from './action-session.ts';
import type { PanelContent } from './panels.ts';
import { attach, readAs } from './webview-host.ts';

export type ActionPagePorts = Omit<ActionPorts, 'send' | 'language' | 'openAction'>;

/** What stands behind an action page's panel. */
export function actionContent(
  extensionUri: vscode.Uri,
  ports: Omit<ActionPorts, 'send' | 'language'>,
  model: (planId: string) => ActionModel,
): PanelContent<ActionPersisted> {
  return {
    read: readAs(actionPersisted),
    fill: (panel, { planId }) =>
      attach<ActionToView>(
        panel,
        extensionUri,
        'action',
        (send) => new ActionSession(planId, model(planId), { ...ports, send, language: vscode.env.language }),
      ),
  };
}
