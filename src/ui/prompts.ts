import * as vscode from 'vscode';
import { CancelledError } from '../core/errors.ts';

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/**
 * Choices that have to be read are read while the list is open, and no longer.
 * @throws CancelledError when nothing was chosen, and whatever the reading throws
 */
export async function pick<T>(
  choices:
    readonly Choice<T>[] | Promise<readonly Choice<T>[]> | ((signal: AbortSignal) => Promise<readonly Choice<T>[]>),
  options: { readonly title: string; readonly placeHolder?: string },
): Promise<T> {
  const reading = new AbortController();
  const items = async () => [...(await (typeof choices === 'function' ? choices(reading.signal) : choices))];
  try {
    const chosen = await vscode.window.showQuickPick(items(), {
      matchOnDescription: true,
      matchOnDetail: true,
      ...options,
    });
    if (!chosen) throw new CancelledError();
    return chosen.value;
  } finally {
    reading.abort();
  }
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
