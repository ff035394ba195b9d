import * as vscode from 'vscode';
import { CancelledError } from '../core/errors.ts';

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** @throws CancelledError when nothing was chosen. */
export async function pick<T>(
  choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>,
  options: { readonly title: string; readonly placeHolder?: string },
): Promise<T> {
  const items = Promise.resolve(choices).then((list) => [...list]);
  const chosen = await vscode.window.showQuickPick(items, {
    matchOnDescription: true,
    matchOnDetail: true,
    ...options,
  });
  if (!chosen) throw new CancelledError();
  return chosen.value;
}

/** @throws CancelledError when nothing was chosen; an empty answer is an answer. */
export async function pickMany<T>(
  choices: readonly Choice<T>[],
  options: { readonly title: string; readonly placeHolder?: string },
): Promise<readonly T[]> {
  const chosen = await vscode.window.showQuickPick(choices, { ...options, canPickMany: true });
  if (!chosen) throw new CancelledError();
  return chosen.map((choice) => choice.value);
}

/** What is typed is checked while it is typed. @throws CancelledError */
export async function ask(options: vscode.InputBoxOptions): Promise<string> {
  const answer = await vscode.window.showInputBox({ ignoreFocusOut: true, ...options });
  if (answer === undefined) throw new CancelledError();
  return answer;
}
