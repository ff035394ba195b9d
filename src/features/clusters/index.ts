import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { valueOf } from '../../core/loadable.ts';
import { views } from '../../contributions.ts';
import type { Services } from '../../services.ts';
import { ContextKey } from '../../ui/context-keys.ts';
import type { RefreshScheduler } from '../../ui/refresh-scheduler.ts';
import { lazyBranch } from '../../ui/tree/lazy-branch.ts';
import { createTree } from '../../ui/tree/view.ts';

/** The Clusters view. */
export function registerClusters(services: Services, scheduler: RefreshScheduler): Disposable {
  const { clusters, clock } = services;
  const store = new DisposableStore();
  const root = lazyBranch(async () => (await import('./contexts.ts')).contextsBranch(services));
  store.add(createTree(views.clusters, root, scheduler, clock));
  const configured = new ContextKey('jarvis.clusters.configured');
  const tell = () => {
    const { contexts } = clusters;
    configured.set(contexts.state !== 'ready' || (valueOf(contexts)?.length ?? 0) > 0);
  };
  store.add(clusters.onDidChange(tell));
  tell();
  const look = ({ focused }: vscode.WindowState) => clusters.setVisible(focused);
  store.add(vscode.window.onDidChangeWindowState(look));
  look(vscode.window.state);
  return store;
}
