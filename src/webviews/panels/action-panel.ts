import type * as vscode from 'vscode';
import type { Event } from '../../core/event.ts';
import { t } from '../../core/l10n.ts';
import type { ActionPersisted } from '../contract/action.ts';
import type { ActionPagePorts } from './action-content.ts';
import type { ActionModel } from './action-model.ts';
import { type PanelContent, Panels } from './panels.ts';

/** All that an action page needs but its panel and its model. */
export interface ActionPanelPorts extends ActionPagePorts {
  /** The plan's title, for the tab; undefined where the journal knows no such plan. */
  titleOf(planId: string): string | undefined;
  /** That `titleOf` may know more. */
  readonly onDidChangeTitle: Event<unknown>;
}

/**
 * The action pages, one a plan. A page may be closed at any time: the run goes on, and Activity opens it again with
 * `open({ planId })`. The page disposes the model that it was given.
 */
export function actionPanels(
  extensionUri: vscode.Uri,
  ports: ActionPanelPorts,
  loadModel: () => Promise<(planId: string) => ActionModel>,
): Panels<ActionPersisted> {
  const panels: Panels<ActionPersisted> = new Panels<ActionPersisted>({
    viewType: 'jarvis.action',
    icon: 'rocket',
    keyOf: ({ planId }) => planId,
    title: ({ planId }) => ports.titleOf(planId) ?? t('Action'),
    onDidChangeTitle: ports.onDidChangeTitle,
    load: async (): Promise<PanelContent<ActionPersisted>> => {
      const [{ actionContent }, model] = await Promise.all([import('./action-content.ts'), loadModel()]);
      const openAction = (planId: string): Promise<void> => panels.open({ planId });
      return actionContent(extensionUri, { ...ports, openAction }, model);
    },
  });
  return panels;
}
