import * as vscode from 'vscode';
import { withoutLinks } from './plain-text.ts';

const showing = {
  error: vscode.window.showErrorMessage,
  warning: vscode.window.showWarningMessage,
  information: vscode.window.showInformationMessage,
} as const;

/** A notice, its text disarmed. Resolves with the button that was pressed when it is gone, which may be after hours. */
export async function notice<B extends vscode.MessageItem>(
  severity: keyof typeof showing,
  message: string,
  buttons: readonly B[],
): Promise<B | undefined> {
  return showing[severity](withoutLinks(message), ...buttons);
}
