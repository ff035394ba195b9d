import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../core/disposable.ts';
import { oneLine } from '../core/text.ts';

/** Texts of our own as read-only documents: they can be searched, selected and kept beside other editors. */
export class ReadOnlyDocuments implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #texts = new Map<string, string>();

  /** @param scheme of its URIs, used by nobody else */
  constructor(scheme: string) {
    this.#store.add(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
    );
    this.#store.add(vscode.workspace.onDidOpenTextDocument((document) => this.#catchUp(document)));
    this.#store.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())));
  }

  /** What the document says from now on, whether it is shown or will be. */
  write(uri: vscode.Uri, text: string): void {
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
  }

  async show(uri: vscode.Uri, text: string): Promise<void> {
    this.write(uri, text);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** VS Code forgets what was written between its question for the text and the document that it makes of it. */
  #catchUp(document: vscode.TextDocument): void {
    const text = this.#texts.get(document.uri.toString());
    if (text !== undefined && document.getText() !== text) this.#changed.fire(document.uri);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** A name as the last step of a document's path, which is its tab's title. */
export function inTitle(name: string): string {
  return oneLine(name).replaceAll('/', '∕');
}
