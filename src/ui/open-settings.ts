import * as vscode from 'vscode';

/**
 * The settings editor at what the query finds (`@id:jarvis.aws.scopes`). In a remote window Jarvis runs over there, and
 * so its settings are those of the remote: the user's own page would not even show the ones of the machine.
 */
export async function openSettings(query: string): Promise<void> {
  const { remoteName } = vscode.env;
  const command = remoteName === undefined ? 'workbench.action.openSettings' : 'workbench.action.openRemoteSettings';
  await vscode.commands.executeCommand(command, { query });
}
