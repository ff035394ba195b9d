import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import type { RefreshScheduler } from '../refresh-scheduler.ts';
import type { TreeElement } from './element.ts';
import { TreeEngine } from './engine.ts';
import { lazyBranch } from './lazy-branch.ts';
import type { Branch } from './model.ts';
import { tooltipMarkdown } from './tooltip.ts';

interface Ports {
  readonly redraw: vscode.EventEmitter<TreeElement[] | undefined>;
  readonly scheduler: RefreshScheduler;
  readonly clock: Clock;
}

/** What a view shows once somebody looks: the engine's elements, told of what the view tells. */
export class DrawnTree implements Disposable {
  readonly #owned = new DisposableStore();
  readonly engine: TreeEngine;
  /** Tooltips are made when the pointer rests on a row, not before. */
  readonly explain = withTooltip;

  constructor(view: vscode.TreeView<TreeElement>, load: () => Promise<Branch>, { redraw, scheduler, clock }: Ports) {
    const root = lazyBranch(load);
    const engine = this.#owned.add(new TreeEngine(root, { clock, requestFlush: () => scheduler.request(refreshable) }));
    this.engine = engine;
    const refreshable = {
      get visible() {
        return view.visible;
      },
      flush: (all: boolean) => engine.flush(all),
    };
    this.#owned.add(scheduler.add(refreshable));
    this.#owned.add(
      engine.onDidChange((changed) => redraw.fire(changed.includes(engine.root) ? undefined : [...changed])),
    );
    this.#owned.add(view.onDidExpandElement(({ element }) => engine.setExpanded(element, true)));
    this.#owned.add(view.onDidCollapseElement(({ element }) => engine.setExpanded(element, false)));
    this.#owned.add(
      view.onDidChangeVisibility(({ visible }) => {
        engine.setVisible(visible);
        if (!visible) return;
        engine.flush(true);
        scheduler.watchAges();
      }),
    );
  }

  children(element: TreeElement | undefined): TreeElement[] {
    return [...this.engine.children(element)];
  }

  parent({ parent }: TreeElement): TreeElement | undefined {
    return parent === this.engine.root ? undefined : parent;
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

async function withTooltip(
  item: vscode.TreeItem,
  { node }: TreeElement,
  token: vscode.CancellationToken,
): Promise<vscode.TreeItem> {
  const { label, description } = node.row();
  const flight = new AbortController();
  const listening = token.onCancellationRequested(() => flight.abort());
  try {
    const markdown = new vscode.MarkdownString(
      tooltipMarkdown((await node.tooltip?.(flight.signal)) ?? { title: label }, description),
    );
    markdown.isTrusted = false;
    markdown.supportHtml = false;
    item.tooltip = markdown;
  } finally {
    listening.dispose();
  }
  return item;
}
