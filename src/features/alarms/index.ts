import type * as vscode from 'vscode';
import { lazy } from '../../core/async.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { filterAlarms } from '../../domain/alarms/order.ts';
import { summarize } from '../../domain/alarms/summary.ts';
import { views } from '../../contributions.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';
import { ContextKey } from '../../ui/context-keys.ts';
import type { RefreshScheduler } from '../../ui/refresh-scheduler.ts';
import { createTree } from '../../ui/tree/view.ts';
import { setViewText } from '../../ui/tree/view-text.ts';
import { knownAlarms } from '../remediation/alarm-link.ts';
import { AlarmFilterState } from './filter-state.ts';
import { placeAndPace } from './place.ts';

/** The Alarms view, its filter and the history of an alarm. */
export function registerAlarms(services: Services, scheduler: RefreshScheduler): Disposable {
  const { alarms: source, clock } = services;
  const store = new DisposableStore();
  const filter = new AlarmFilterState(services.context.workspaceState);
  const load = async () => {
    const [{ alarmsBranch }, { objectBranch }] = await Promise.all([
      import('./alarms-tree.ts'),
      import('../clusters/object-branch.ts'),
    ]);
    return alarmsBranch({ source, clock, filter, objects: (subject) => objectBranch(services, subject) });
  };
  const { view } = store.add(createTree(views.alarms, load, scheduler, clock));
  // from the first look on; whether the window is in use is told by the status bar's feature
  store.add(view.onDidChangeVisibility(({ visible }) => visible && source.setVisible(true)));
  const configured = new ContextKey('jarvis.alarms.configured');
  const filtered = new ContextKey('jarvis.alarms.filtered');

  const tell = () => {
    configured.set(source.scopes.length > 0);
    filtered.set(filter.isOn);
    setBadge(view, summarize(source.scopes).counts.ALARM);
    setViewText(view, 'description', placeText(services));
    setViewText(view, 'message', filter.isOn ? filterText(services, filter) : '');
  };
  store.add(source.onDidChange(tell));
  store.add(filter.onDidChange(tell));
  tell();

  store.add(
    registerCommand(services, 'jarvis.filterAlarms', async () => {
      const { askForFilter } = await import('./ask-filter.ts');
      await filter.set(await askForFilter(filter.filter));
    }),
  );
  store.add(registerCommand(services, 'jarvis.clearAlarmFilter', () => filter.clear()));
  const documents = lazy(async () => {
    const { HistoryDocuments } = await import('./history-document.ts');
    return store.add(new HistoryDocuments(services));
  });
  store.add(
    registerCommand(services, 'jarvis.openAlarmHistory', async (from) => (await documents()).open(from?.alarm)),
  );
  return store;
}

function setBadge(view: vscode.TreeView<unknown>, count: number): void {
  if ((view.badge?.value ?? 0) === count) return;
  view.badge = count === 0 ? undefined : { value: count, tooltip: t('{0} in alarm', count) };
}

/** Account and region stay in sight where the scope level is left out. */
function placeText({ alarms: { scopes } }: Services): string {
  const [only, ...others] = scopes;
  return only && others.length === 0 ? placeAndPace(only) : '';
}

function filterText({ alarms }: Services, filter: AlarmFilterState): string {
  const all = knownAlarms(alarms);
  const passing = filterAlarms(all, filter.filter);
  return t('Filter: {0} ({1} of {2} alarms shown)', filter.inWords(), passing.length, all.length);
}
