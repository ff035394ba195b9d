import * as vscode from 'vscode';
import { lazy } from '../../core/async.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import type { Event } from '../../core/event.ts';
import { oneLine } from '../../core/text.ts';

/** What tells one kind of panel from another. `P` is what a panel is about, kept across a reload of the window. */
export interface PanelSpec<P> {
  readonly viewType: string;
  /** The tab's codicon. */
  readonly icon: string;
  /** Two with one key are one panel. */
  keyOf(about: P): string;
  title(about: P): string;
  /** That a title may be another now: a panel that is restored with the window may be there before what it is about is known. */
  readonly onDidChangeTitle?: Event<unknown>;
  /** What stands behind the panels: code of its own, loaded once, when the first of them opens. */
  load(): Promise<PanelContent<P>>;
}

export interface PanelContent<P> {
  /** What a panel was about, by the state that its page kept; undefined where that cannot be read. */
  read(state: unknown): P | undefined;
  /** Shows the page, and serves it until the panel is closed. */
  fill(panel: vscode.WebviewPanel, about: P): void;
}

interface Open<P> {
  readonly panel: vscode.WebviewPanel;
  readonly about: P;
}

/** The open panels of one kind: reveals what is open, restores what was open when the window was reloaded. */
export class Panels<P> implements Disposable {
  readonly #spec: PanelSpec<P>;
  readonly #load: () => Promise<PanelContent<P>>;
  readonly #open = new Map<string, Open<P>>();
  readonly #owned = new DisposableStore();

  constructor(spec: PanelSpec<P>) {
    this.#spec = spec;
    this.#load = lazy(() => spec.load());
    this.#owned.add(
      vscode.window.registerWebviewPanelSerializer(spec.viewType, {
        deserializeWebviewPanel: (panel, state) => this.#restore(panel, state),
      }),
    );
    if (spec.onDidChangeTitle) this.#owned.add(spec.onDidChangeTitle(() => this.#nameAll()));
  }

  /** Shows the panel about this, the one that is open or a new one. */
  async open(about: P): Promise<void> {
    const known = this.#open.get(this.#spec.keyOf(about));
    if (known) {
      known.panel.reveal();
      return;
    }
    const panel = this.#adopt(this.#create(), about);
    try {
      const content = await this.#load();
      // it may have been closed meanwhile
      if (this.#isOpen(panel, about)) content.fill(panel, about);
    } catch (error) {
      panel.dispose();
      throw error;
    }
  }

  dispose(): void {
    this.#owned.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  /** The page goes away while hidden and is made anew when shown: its session sends it everything again. */
  #create(): vscode.WebviewPanel {
    const options = { retainContextWhenHidden: false };
    return vscode.window.createWebviewPanel(this.#spec.viewType, '', vscode.ViewColumn.Active, options);
  }

  async #restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const content = await this.#load();
    const about = content.read(state);
    if (about === undefined) panel.dispose();
    else content.fill(this.#adopt(panel, about), about);
  }

  #adopt(panel: vscode.WebviewPanel, about: P): vscode.WebviewPanel {
    const key = this.#spec.keyOf(about);
    this.#name({ panel, about });
    panel.iconPath = new vscode.ThemeIcon(this.#spec.icon);
    // opened anew while the restored one, unseen behind another tab, was not known yet
    this.#open.get(key)?.panel.dispose();
    this.#open.set(key, { panel, about });
    panel.onDidDispose(() => this.#isOpen(panel, about) && this.#open.delete(key));
    return panel;
  }

  #isOpen(panel: vscode.WebviewPanel, about: P): boolean {
    return this.#open.get(this.#spec.keyOf(about))?.panel === panel;
  }

  #nameAll(): void {
    for (const open of this.#open.values()) this.#name(open);
  }

  #name({ panel, about }: Open<P>): void {
    panel.title = oneLine(this.#spec.title(about));
  }
}
