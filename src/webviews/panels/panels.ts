import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable.ts';
import type { MessageMap, Send } from '../contract/message.ts';
import type { Session } from './session.ts';
import { attach, type WebviewKind } from './webview-host.ts';

/** What tells one kind of panel from another. `P` is what a panel is about, kept across a reload of the window. */
export interface PanelSpec<ToView extends MessageMap, P> extends WebviewKind {
  readonly viewType: string;
  readonly persisted: v.GenericSchema<unknown, P>;
  /** Two with one key are one panel. */
  keyOf(about: P): string;
  title(about: P): string;
  session(about: P, send: Send<ToView>): Session;
}

/** The open panels of one kind: reveals what is open, restores what was open when the window was reloaded. */
export class Panels<ToView extends MessageMap, P> implements Disposable {
  readonly #spec: PanelSpec<ToView, P>;
  readonly #extensionUri: vscode.Uri;
  readonly #open = new Map<string, vscode.WebviewPanel>();
  readonly #serializer: Disposable;

  constructor(spec: PanelSpec<ToView, P>, extensionUri: vscode.Uri) {
    this.#spec = spec;
    this.#extensionUri = extensionUri;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(spec.viewType, {
      deserializeWebviewPanel: (panel, state) => {
        this.#restore(panel, state);
        return Promise.resolve();
      },
    });
  }

  open(about: P): void {
    const known = this.#open.get(this.#spec.keyOf(about));
    if (known) known.reveal();
    else this.#adopt(this.#create(), about);
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of [...this.#open.values()]) panel.dispose();
  }

  /** The page goes away while hidden and is made anew when shown: its session sends it everything again. */
  #create(): vscode.WebviewPanel {
    const options = { retainContextWhenHidden: false };
    return vscode.window.createWebviewPanel(this.#spec.viewType, '', vscode.ViewColumn.Active, options);
  }

  #restore(panel: vscode.WebviewPanel, state: unknown): void {
    const parsed = v.safeParse(this.#spec.persisted, state);
    if (parsed.success) this.#adopt(panel, parsed.output);
    else panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, about: P): void {
    const key = this.#spec.keyOf(about);
    panel.title = this.#spec.title(about);
    this.#open.set(key, panel);
    panel.onDidDispose(() => this.#open.delete(key));
    attach(panel, this.#spec, this.#extensionUri, (send) => this.#spec.session(about, send));
  }
}
