import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import type { Clusters } from '../../domain/kubernetes/cluster.ts';
import { isOutcome, type RunState } from '../../domain/remediation/run-state.ts';
import { views } from '../../contributions.ts';
import type { Services } from '../../services.ts';
import { ContextKey } from '../../ui/context-keys.ts';
import type { RefreshScheduler } from '../../ui/refresh-scheduler.ts';
import { onDidChangeSetting } from '../../ui/settings.ts';
import { createTree } from '../../ui/tree/view.ts';
import { setViewText } from '../../ui/tree/view-text.ts';
import { registerLook } from './look/commands.ts';
import { filterInWords, lookInWords } from './look/in-words.ts';
import { LookState } from './look/look-state.ts';

/** The Clusters view; and who looks, for as long as watches are worth their while. */
export function registerClusters(services: Services, scheduler: RefreshScheduler): Disposable {
  const { clusters, clock, runs, context, defaultRoute, vault } = services;
  const store = new DisposableStore();
  const looks = store.add(new LookState(context.workspaceState));
  const ports = { clusters, clock, looks, defaultRoute, vault };
  const load = async () => (await import('./contexts.ts')).contextsBranch(ports);
  const { view } = store.add(createTree(views.clusters, load, scheduler, clock, { canSelectMany: true }));
  store.add(onDidChangeSetting(['jarvis.remediation.route'], () => scheduler.refreshNow()));
  store.add(registerLook(services, looks));
  const tell = () => {
    setViewText(view, 'message', filterInWords(looks.look));
    setViewText(view, 'description', lookInWords(looks.look));
  };
  store.add(looks.onDidChange(tell));
  tell();
  const configured = new ContextKey('jarvis.clusters.configured');
  store.add(clusters.onDidChange(() => configured.set(isConfigured(clusters))));

  // a run is followed to its end, also while the person looks elsewhere
  const look = () => clusters.setVisible(vscode.window.state.focused || runs.all.some(isUnderWay));
  store.add(vscode.window.onDidChangeWindowState(look));
  store.add(runs.onDidChange(look));
  look();
  return store;
}

/** Broken files are a fault to show, not a first run to welcome. */
function isConfigured({ contexts }: Clusters): boolean {
  if (contexts.state === 'failed') return contexts.error.code !== 'kube.kubeconfigMissing';
  return contexts.state !== 'ready' || contexts.value.length > 0;
}

function isUnderWay({ phase }: RunState): boolean {
  return phase !== 'planned' && !isOutcome(phase);
}
