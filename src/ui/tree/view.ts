import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { oneLine } from '../../core/text.ts';
import type { ViewId } from '../../contributions.ts';
import type { RefreshScheduler } from '../refresh-scheduler.ts';
import type { TreeElement } from './element.ts';
import { TreeEngine } from './engine.ts';
import { contextValue } from './context-value.ts';
import type { Branch, Row } from './model.ts';
import { tooltipMarkdown } from './tooltip.ts';

export interface JarvisTree extends Disposable {
  readonly view: vscode.TreeView<TreeElement>;
  readonly engine: TreeEngine;
}

/** A view drawn from a branch. Nothing is asked of any server before the view is seen. */
export function createTree(
  id: ViewId,
  root: Branch,
  scheduler: RefreshScheduler,
  clock: Clock,
  options: Pick<vscode.TreeViewOptions<TreeElement>, 'canSelectMany'> = {},
): JarvisTree {
  const store = new DisposableStore();
  const engine = store.add(new TreeEngine(root, { clock, requestFlush: () => scheduler.request(refreshable) }));
  const redraw = store.add(new vscode.EventEmitter<TreeElement[] | undefined>());
  const view = store.add(
    vscode.window.createTreeView<TreeElement>(id, {
      ...options,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: redraw.event,
        getChildren: (element) => [...engine.children(element)],
        getTreeItem: (element) => treeItem(element),
        getParent: (element) => (element.parent === engine.root ? undefined : element.parent),
        resolveTreeItem,
      },
    }),
  );
  const refreshable = {
    get visible() {
      return view.visible;
    },
    flush: (all: boolean) => engine.flush(all),
  };
  store.add(scheduler.add(refreshable));
  store.add(engine.onDidChange((changed) => redraw.fire(changed.includes(engine.root) ? undefined : [...changed])));
  store.add(view.onDidExpandElement(({ element }) => engine.setExpanded(element, true)));
  store.add(view.onDidCollapseElement(({ element }) => engine.setExpanded(element, false)));
  store.add(
    view.onDidChangeVisibility(({ visible }) => {
      engine.setVisible(visible);
      if (!visible) return;
      engine.flush(true);
      scheduler.watchAges();
    }),
  );
  return { view, engine, dispose: () => store.dispose() };
}

function treeItem(element: TreeElement): vscode.TreeItem {
  const row = element.show();
  const item = new vscode.TreeItem(oneLine(row.label), collapsibleState(element));
  item.id = element.id;
  if (row.description) item.description = oneLine(row.description);
  if (row.icon) item.iconPath = themeIcon(row.icon);
  item.contextValue = contextValue(row, element.subject);
  if (row.spoken) item.accessibilityInformation = { label: row.spoken };
  if (row.command) item.command = { command: row.command, title: '', arguments: [element] };
  return item;
}

function collapsibleState({ node, startsOpen }: TreeElement): vscode.TreeItemCollapsibleState {
  if (!node.branch) return vscode.TreeItemCollapsibleState.None;
  return startsOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function themeIcon({ id, color }: NonNullable<Row['icon']>): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color ? new vscode.ThemeColor(color) : undefined);
}

/** Tooltips are made when the pointer rests on a row, not before. */
async function resolveTreeItem(
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
