import * as vscode from 'vscode';
import type { Place } from '../../domain/set-up/place.ts';

/** A folder of the workspace, on whatever file system it is. */
export class TeamFolder implements Place {
  readonly #folder: vscode.Uri;

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  uri(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, path);
  }

  async read(path: string): Promise<string | undefined> {
    const open = this.#opened(path);
    if (open?.isDirty === true) return open.getText();
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.uri(path)));
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
      throw error;
    }
  }

  isUnsaved(path: string): boolean {
    return this.#opened(path)?.isDirty === true;
  }

  async write(path: string, text: string): Promise<void> {
    await vscode.workspace.fs.writeFile(this.uri(path), new TextEncoder().encode(text));
  }

  #opened(path: string): vscode.TextDocument | undefined {
    const uri = this.uri(path).toString();
    return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  }
}
