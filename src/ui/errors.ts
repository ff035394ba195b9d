import * as vscode from 'vscode';
import type { JarvisError, Remedy } from '../core/errors.ts';
import { signInArguments } from '../domain/alarms/sign-in.ts';
import { notice } from './notice.ts';
import { openSettings } from './open-settings.ts';
import { openUrl } from './open-url.ts';
import { remedyLabel } from './remedies.ts';

/** One notice with the error's ways out as buttons, at most three. Resolves when the notice is gone. */
export async function showError(error: JarvisError, retry?: () => void): Promise<void> {
  const remedies = error.remedies.filter((remedy) => remedy.kind !== 'retry' || retry).slice(0, 3);
  const buttons = remedies.map((remedy) => ({ title: remedyLabel(remedy), remedy }));
  const chosen = await notice('error', error.message, buttons);
  if (chosen) await applyRemedy(chosen.remedy, retry);
}

/** Takes a way out; what failed for want of a sign-in is tried again after it. */
export async function applyRemedy(remedy: Remedy, retry: () => void = () => undefined): Promise<void> {
  switch (remedy.kind) {
    case 'retry':
      retry();
      return;
    case 'openLog':
      await vscode.commands.executeCommand('jarvis.showLog');
      return;
    case 'signInGitHub':
      if (await vscode.commands.executeCommand<boolean>('jarvis.signInGitHub')) retry();
      return;
    case 'signInAws':
      signInAws(signInArguments(remedy), retry);
      return;
    case 'openSetting':
      await openSettings(`@id:${remedy.setting}`);
      return;
    case 'openFile':
      await vscode.window.showTextDocument(vscode.Uri.file(remedy.path));
      return;
    case 'openUrl':
      await openUrl(remedy.url);
      return;
    case 'openFolder':
      await vscode.commands.executeCommand('workbench.action.files.openFolder');
      return;
    case 'trustWorkspace':
      await vscode.commands.executeCommand('workbench.trust.manage');
      return;
    case 'setUp':
      if (await vscode.commands.executeCommand<boolean>('jarvis.setUpRemediation')) retry();
      return;
    case 'unlock':
      if (await vscode.commands.executeCommand<boolean>('jarvis.unlockProduction', remedy)) retry();
  }
}

/** The AWS CLI in a terminal of its own, by argument array; tries again when it has ended well. */
function signInAws(shellArgs: string[], retry: () => void): void {
  const terminal = vscode.window.createTerminal({ name: 'AWS', shellPath: 'aws', shellArgs });
  terminal.show();
  const listening = vscode.window.onDidCloseTerminal((closed) => {
    if (closed !== terminal) return;
    listening.dispose();
    if (closed.exitStatus?.code === 0) retry();
  });
}
