import * as vscode from 'vscode';
import { CancelledError } from '../core/errors.ts';
import { type ChoiceText, disarmed, inPrompt } from './plain-text.ts';

/** Label, description and detail are data and shown as they are; an icon is given by its name. */
export interface Choice<T> extends ChoiceText {
  readonly picked?: boolean;
  readonly value: T;
}

/** A question stays until it is answered or left with Escape: what one looks up meanwhile, elsewhere, does not end it. */
const stays = { ignoreFocusOut: true } as const;

interface Question {
  readonly title: string;
  readonly placeHolder?: string;
}

/**
 * Choices that have to be read are read while the list is open, and no longer.
 * @throws CancelledError when nothing was chosen, and whatever the reading throws
 */
export async function pick<T>(
  choices:
    readonly Choice<T>[] | Promise<readonly Choice<T>[]> | ((signal: AbortSignal) => Promise<readonly Choice<T>[]>),
  question: Question,
): Promise<T> {
  const reading = new AbortController();
  const items = async () => (await (typeof choices === 'function' ? choices(reading.signal) : choices)).map(disarmed);
  try {
    const chosen = await vscode.window.showQuickPick(items(), {
      matchOnDescription: true,
      matchOnDetail: true,
      ...stays,
      ...question,
    });
    if (!chosen) throw new CancelledError();
    return chosen.value;
  } finally {
    reading.abort();
  }
}

/** @throws CancelledError when nothing was chosen; an empty answer is an answer. */
export async function pickMany<T>(choices: readonly Choice<T>[], question: Question): Promise<readonly T[]> {
  const chosen = await vscode.window.showQuickPick(choices.map(disarmed), { ...stays, ...question, canPickMany: true });
  if (!chosen) throw new CancelledError();
  return chosen.map((choice) => choice.value);
}

/** What is typed is checked while it is typed. @throws CancelledError */
export async function ask(options: vscode.InputBoxOptions): Promise<string> {
  const { prompt } = options;
  const answer = await vscode.window.showInputBox({
    ...stays,
    ...options,
    ...(prompt !== undefined && { prompt: inPrompt(prompt) }),
    validateInput: async (text) => verdictText(await options.validateInput?.(text)),
  });
  if (answer === undefined) throw new CancelledError();
  return answer;
}

type Verdict = string | vscode.InputBoxValidationMessage | null | undefined;

function verdictText(verdict: Verdict): Verdict {
  if (typeof verdict === 'string') return inPrompt(verdict);
  return verdict && { ...verdict, message: inPrompt(verdict.message) };
}
