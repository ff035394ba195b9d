import * as vscode from 'vscode';
import { CancelledError } from '../core/errors.ts';
import { t } from '../core/l10n.ts';

export interface Confirmation {
  /** What happens to which object: "Scale HPA front-end in sock-shop on prod-seoul to at most 10 replicas?" */
  readonly question: string;
  readonly detail: string;
  /** The verb on the button that does it. */
  readonly action: string;
}

/**
 * A modal that a person must answer on purpose. VS Code makes the first button the default and keeps its own Cancel
 * last, so the first one goes back, too: Enter and Escape both change nothing. @throws CancelledError
 */
export async function confirm({ question, detail, action }: Confirmation): Promise<void> {
  const back = t('Go Back');
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, back, action);
  if (chosen !== action) throw new CancelledError();
}
