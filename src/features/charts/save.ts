import * as vscode from 'vscode';
import { toCsv } from '../../domain/metrics/csv.ts';
import type { ChartData } from '../../domain/metrics/model.ts';
import { fileName } from './file-name.ts';

/** Asks where, and writes the chart's data there. Nothing is written when the dialog is closed. */
export function saveCsv(data: ChartData): Promise<void> {
  return save(data, 'csv', new TextEncoder().encode(toCsv(data)));
}

/** The same with the picture. */
export function savePng(data: ChartData, png: Uint8Array): Promise<void> {
  return save(data, 'png', png);
}

async function save(data: ChartData, extension: 'csv' | 'png', content: Uint8Array): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = fileName(data, extension);
  const target = await vscode.window.showSaveDialog({
    filters: { [extension.toUpperCase()]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target) await vscode.workspace.fs.writeFile(target, content);
}
