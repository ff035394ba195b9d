import * as vscode from 'vscode';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { SetUpFile } from '../../domain/set-up/files.ts';

/** A file beside what the workspace has in its place. */
export interface Compared extends SetUpFile {
  readonly uri: vscode.Uri;
  /** What is there, with an editor's unsaved changes; undefined: nothing. */
  readonly there: string | undefined;
}

/** The files that are not there just so. */
export async function compare(folder: vscode.Uri, files: readonly SetUpFile[]): Promise<readonly Compared[]> {
  const all = await Promise.all(
    files.map(async (file) => {
      const uri = vscode.Uri.joinPath(folder, file.path);
      return { ...file, uri, there: await textAt(uri) };
    }),
  );
  return all.filter(({ there, text }) => there?.replaceAll('\r\n', '\n') !== text);
}

/**
 * Writes what was chosen: nothing at all where one of the files is no longer as it was shown.
 * @throws JarvisError setUp.unsaved, setUp.changedSince
 */
export async function write(chosen: readonly Compared[]): Promise<void> {
  for (const { uri, path, there } of chosen) {
    if (openDocument(uri)?.isDirty === true) throw unsaved(path);
    if ((await textAt(uri)) !== there) throw changedSince(path);
  }
  for (const { uri, text } of chosen) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

async function textAt(uri: vscode.Uri): Promise<string | undefined> {
  const open = openDocument(uri);
  if (open?.isDirty === true) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

function unsaved(path: string): JarvisError {
  const message = t('{0} has unsaved changes. Save or revert them; nothing was written.', path);
  return new JarvisError({ code: 'setUp.unsaved', message, remedies: [{ kind: 'retry' }] });
}

function changedSince(path: string): JarvisError {
  const message = t('{0} has changed since it was shown; nothing was written.', path);
  return new JarvisError({ code: 'setUp.changedSince', message, remedies: [{ kind: 'retry' }] });
}
