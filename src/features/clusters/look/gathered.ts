import { mapLoadable } from '../../../core/loadable.ts';
import { combinedBranch } from '../../../ui/tree/combined-branch.ts';
import type { Branch, Nodes, OpenBranch } from '../../../ui/tree/model.ts';
import { onlyNothingMatches } from './nothing-matches.ts';

/** Several branches as one. That nothing matches is said once, and only where nothing of any of them does. */
export function gatheredBranch(branches: readonly Branch[], empty: string): Branch {
  return {
    ...combinedBranch(branches, empty),
    open(changed) {
      let isHidden = false;
      const quiet = (nodes: Nodes): Nodes => {
        if (nodes !== onlyNothingMatches) return nodes;
        isHidden = true;
        return [];
      };
      const parts = branches.map((branch) => ({
        ...branch,
        open: (tell: () => void) => mapped(branch.open(tell), quiet),
      }));
      const opened = combinedBranch(parts, empty).open(changed);
      return {
        ...opened,
        read() {
          isHidden = false;
          return mapLoadable(opened.read(), (nodes) => (nodes.length === 0 && isHidden ? onlyNothingMatches : nodes));
        },
      };
    },
  };
}

function mapped(opened: OpenBranch, map: (nodes: Nodes) => Nodes): OpenBranch {
  return { ...opened, read: () => mapLoadable(opened.read(), map) };
}
