import { t } from '../../../core/l10n.ts';
import type { Nodes, TreeNode } from '../../../ui/tree/model.ts';
import { manyNodes } from '../../../ui/tree/nodes.ts';
import type { LookSource } from './look-state.ts';
import { type Filter, filterOf } from './filter.ts';

/** There is something, and the filter hides it; a click clears the filter. */
export const nothingMatches: TreeNode = {
  key: 'nothing matches',
  row: () => ({
    label: t('Nothing matches the filter'),
    description: t('Clear Filter'),
    icon: { id: 'filter' },
    context: 'state.filtered',
    command: 'jarvis.clearClusterFilter',
  }),
};
/** As the whole of a list; told apart by identity. */
export const onlyNothingMatches: Nodes = [nothingMatches];

export interface FilteredInit<T> {
  /** Is it shown, under a filter? */
  readonly passes: (object: T, filter: Filter) => boolean;
  readonly order: (objects: readonly T[]) => readonly T[];
  readonly node: (object: T) => TreeNode;
}

/** The nodes of those objects that the look's filter lets pass, in their order. */
export function filteredNodes<T>(looks: LookSource, objects: readonly T[], init: FilteredInit<T>): Nodes {
  const { passes, order, node } = init;
  const filter = filterOf(looks.look);
  const shown = filter.isOn ? objects.filter((object) => passes(object, filter)) : objects;
  return shown.length === 0 && objects.length > 0 ? onlyNothingMatches : manyNodes(order(shown), node);
}
