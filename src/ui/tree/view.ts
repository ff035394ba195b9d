import * as vscode from 'vscode';
import { lazy } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { oneLine } from '../../core/text.ts';
import type { ViewId } from '../../contributions.ts';
import type { RefreshScheduler } from '../refresh-scheduler.ts';
import { contextValue } from './context-value.ts';
import type { DrawnTree } from './drawn-tree.ts';
import type { TreeElement } from './element.ts';
import type { Branch, Row } from './model.ts';

export interface JarvisTree extends Disposable {
  readonly view: vscode.TreeView<TreeElement>;
  /** Undefined until somebody looks. */
  readonly drawn: DrawnTree | undefined;
}

/**
 * A view drawn from a branch. Nothing is asked of any server before the view is seen; the branch and what draws it are
 * loaded only then, so that they are not part of what activation pays for.
 */
export function createTree(
  id: ViewId,
  load: () => Promise<Branch>,
  scheduler: RefreshScheduler,
  clock: Clock,
  options: Pick<vscode.TreeViewOptions<TreeElement>, 'canSelectMany'> = {},
): JarvisTree {
  const store = new DisposableStore();
  const redraw = store.add(new vscode.EventEmitter<TreeElement[] | undefined>());
  let drawn: DrawnTree | undefined;
  const draw = lazy(async (): Promise<DrawnTree> => {
    const { DrawnTree } = await import('./drawn-tree.ts');
    return (drawn = store.add(new DrawnTree(view, load, { redraw, scheduler, clock })));
  });
  const view = store.add(
    vscode.window.createTreeView<TreeElement>(id, {
      ...options,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: redraw.event,
        getChildren: async (element) => (await draw()).children(element),
        getTreeItem: treeItem,
        getParent: (element) => drawn?.parent(element),
        resolveTreeItem: async (item, element, token) => (await draw()).explain(item, element, token),
      },
    }),
  );
  return {
    view,
    get drawn() {
      return drawn;
    },
    dispose: () => store.dispose(),
  };
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
