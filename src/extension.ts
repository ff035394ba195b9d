import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Jarvis', { log: true });
  log.info('Jarvis is active.');
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand('jarvis.showLog', () => log.show()),
  );
}
