import type * as vscode from 'vscode';

/** Writing to a view is a message to the window: only what differs is written. */
export function setViewText(view: vscode.TreeView<unknown>, what: 'description' | 'message', text: string): void {
  if ((view[what] ?? '') !== text) view[what] = text;
}
