import * as vscode from 'vscode';
import { t } from '../../core/l10n.ts';
import { type ActionPersisted, actionPersisted, type ActionToView } from '../contract/action.ts';
import type { ActionModel } from './action-model.ts';
import { type ActionPorts, ActionSession } from './action-session.ts';
import { Panels } from './panels.ts';

/** All that an action page needs but its panel and its model. */
export interface ActionPanelPorts extends Omit<ActionPorts, 'send' | 'language' | 'openAction'> {
  /** The plan's title, for the tab; undefined where the journal knows no such plan. */
  titleOf(planId: string): string | undefined;
}

/**
 * The action pages, one a plan. A page may be closed at any time: the run goes on, and Activity opens it again with
 * `open({ planId })`. The page disposes the model that it was given.
 */
export function actionPanels(
  extensionUri: vscode.Uri,
  ports: ActionPanelPorts,
  model: (planId: string) => ActionModel,
): Panels<ActionToView, ActionPersisted> {
  const panels = new Panels<ActionToView, ActionPersisted>(
    {
      viewType: 'jarvis.action',
      bundle: 'action',
      icon: 'rocket',
      persisted: actionPersisted,
      keyOf: ({ planId }) => planId,
      title: ({ planId }) => ports.titleOf(planId) ?? t('Action'),
      session: ({ planId }, send) => {
        const openAction = (other: string) => {
          panels.open({ planId: other });
          return Promise.resolve();
        };
        return new ActionSession(planId, model(planId), { ...ports, send, openAction, language: vscode.env.language });
      },
    },
    extensionUri,
  );
  return panels;
}
