import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { type Loadable, mapLoadable, valueOf } from '../../core/loadable.ts';
import type { Alarm } from '../../domain/alarms/model.ts';
import { filterAlarms } from '../../domain/alarms/order.ts';
import type { ScopeAlarms } from '../../domain/alarms/source.ts';
import { liveBranch } from '../../ui/tree/branches.ts';
import type { Branch, TreeNode } from '../../ui/tree/model.ts';
import { perKey, perObject } from '../../ui/tree/per-object.ts';
import { alarmBranch, type AlarmBranchPorts } from './alarm-branch.ts';
import { alarmNode } from './alarm-node.ts';
import { placeAndPace } from './place.ts';
import type { AlarmFilterState } from './filter-state.ts';

export interface AlarmsTreePorts extends AlarmBranchPorts {
  readonly filter: AlarmFilterState;
}

/** The whole view: the alarms of the one scope, or a level of scopes where there are several. */
export function alarmsBranch(ports: AlarmsTreePorts): Branch {
  const { source, filter } = ports;
  const nodeOf = perObject((alarm: Alarm) => alarmNode(alarm, ports.clock, alarmBranch(alarm, ports)));
  const scopeOf = perKey((label) => scopeNode(label, ports, nodeOf));
  return liveBranch({
    get empty() {
      return source.scopes.length === 0 ? '' : emptyText(filter);
    },
    listen: (changed) => both(source.onDidChange(changed), filter.onDidChange(changed)),
    read() {
      const [first, ...others] = source.scopes;
      if (first && others.length === 0) return rows(first, filter, nodeOf);
      return { state: 'ready', value: source.scopes.map(({ scope }) => scopeOf(scope.label)), at: 0 };
    },
    retry: () => void source.refresh(),
  });
}

function scopeNode(label: string, { source, filter }: AlarmsTreePorts, nodeOf: (alarm: Alarm) => TreeNode): TreeNode {
  const current = () => source.scopes.find(({ scope }) => scope.label === label);
  return {
    key: label,
    expanded: true,
    row() {
      const scope = current();
      const description = scope ? [placeAndPace(scope), ringing(scope)].filter(Boolean).join(' · ') : '';
      return { label, description, icon: { id: 'cloud' }, context: 'scope' };
    },
    branch: liveBranch({
      get empty() {
        return emptyText(filter);
      },
      listen: (changed) => both(source.onDidChange(changed), filter.onDidChange(changed)),
      read() {
        const scope = current();
        return scope ? rows(scope, filter, nodeOf) : { state: 'ready', value: [], at: 0 };
      },
      retry: () => void source.refresh(label),
    }),
  };
}

function rows(
  { alarms }: ScopeAlarms,
  state: AlarmFilterState,
  nodeOf: (alarm: Alarm) => TreeNode,
): Loadable<TreeNode[]> {
  return mapLoadable(alarms, (known) => filterAlarms(known.values(), state.filter).map(nodeOf));
}

function emptyText(filter: AlarmFilterState): string {
  return filter.isOn ? t('No alarm passes the filter.') : t('There are no alarms in this account and region.');
}

function ringing({ alarms }: ScopeAlarms): string {
  const count = [...(valueOf(alarms)?.values() ?? [])].filter(({ state }) => state === 'ALARM').length;
  return count > 0 ? t('{0} in alarm', count) : '';
}

function both(...listening: readonly Disposable[]): Disposable {
  const store = new DisposableStore();
  for (const one of listening) store.add(one);
  return store;
}
