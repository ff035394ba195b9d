import { lazy } from '../../../core/async.ts';
import { type Disposable, DisposableStore } from '../../../core/disposable.ts';
import type { Logger } from '../../../core/log.ts';
import type { Clusters } from '../../../domain/kubernetes/cluster.ts';
import { registerCommand } from '../../../ui/commands.ts';
import { ContextKey } from '../../../ui/context-keys.ts';
import { isFiltering, type Look, noFilter } from './look.ts';
import type { LookState } from './look-state.ts';

const ask = lazy(() => import('./ask-filter.ts'));

interface LookPorts {
  readonly log: Logger;
  readonly clusters: Clusters;
}

/** The view's options as commands, and as context keys so that each is offered where it changes something. */
export function registerLook(ports: LookPorts, state: LookState): Disposable {
  const store = new DisposableStore();
  for (const [id, parts] of choices) store.add(registerCommand(ports, id, () => state.change(parts)));
  store.add(
    registerCommand(ports, 'jarvis.filterClusters', async () =>
      state.change(await (await ask()).askForText(state.look)),
    ),
  );
  store.add(
    registerCommand(ports, 'jarvis.filterClustersByLabels', async () =>
      state.change(await (await ask()).askForLabels(state.look)),
    ),
  );
  store.add(
    registerCommand(ports, 'jarvis.addNamespace', async (from) => {
      const { askForNamespaces } = await import('./ask-namespaces.ts');
      await state.change(await askForNamespaces(ports.clusters, state.look, from?.namesOf));
    }),
  );
  const pin = (namespace: string | undefined, isPinned: boolean) => {
    const others = state.look.pinned.filter((one) => one !== namespace);
    return state.change({ pinned: isPinned && namespace !== undefined ? [...others, namespace] : others });
  };
  store.add(registerCommand(ports, 'jarvis.pinNamespace', (from) => pin(from?.pin, true)));
  store.add(registerCommand(ports, 'jarvis.unpinNamespace', (from) => pin(from?.pin, false)));
  store.add(tellContext(state));
  return store;
}

const choices = [
  ['jarvis.groupByRelease', { groupBy: 'release' }],
  ['jarvis.groupByNamespace', { groupBy: 'namespace' }],
  ['jarvis.hideSystemNamespaces', { hidesSystem: true }],
  ['jarvis.showSystemNamespaces', { hidesSystem: false }],
  ['jarvis.showOnlyProblems', { onlyProblems: true }],
  ['jarvis.showEverything', { onlyProblems: false }],
  ['jarvis.clearClusterFilter', noFilter],
] as const satisfies readonly (readonly [string, Partial<Look>])[];

function tellContext(state: LookState): Disposable {
  const filtered = new ContextKey('jarvis.clusters.filtered');
  const onlyProblems = new ContextKey('jarvis.clusters.onlyProblems');
  const byRelease = new ContextKey('jarvis.clusters.byRelease');
  const hidesSystem = new ContextKey('jarvis.clusters.hidesSystem');
  const tell = () => {
    const { look } = state;
    filtered.set(isFiltering(look));
    onlyProblems.set(look.onlyProblems);
    byRelease.set(look.groupBy === 'release');
    hidesSystem.set(look.hidesSystem);
  };
  tell();
  return state.onDidChange(tell);
}
