import { failed, type Loadable, loading, shownOf } from '../../core/loadable.ts';
import type { Branch, Nodes, OpenBranch, TreeNode } from './model.ts';
import { joinedNodes } from './nodes.ts';
import { errorNode, loadingNode, staleNode } from './placeholders.ts';

/**
 * The children of several branches, one after the other. Each has its own fate: what one cannot show is a row in its
 * place, and what the others know is there. Only where all share a state is it the state of the whole.
 */
export function combinedBranch(branches: readonly Branch[], empty = branches[0]?.empty ?? ''): Branch {
  const narrow = branches.find((branch) => branch.narrow)?.narrow;
  return {
    empty,
    ...(narrow && { narrow }),
    open(changed) {
      const parts = branches.map((branch) => new Part(branch, changed));
      return {
        read: () => together(parts),
        retry: () => parts.forEach((part) => part.retry()),
        dispose: () => parts.forEach((part) => part.dispose()),
      };
    },
  };
}

class Part {
  readonly #branch: Branch;
  readonly #changed: () => void;
  #open: OpenBranch;

  constructor(branch: Branch, changed: () => void) {
    this.#branch = branch;
    this.#changed = changed;
    this.#open = branch.open(changed);
  }

  read(): Loadable<Nodes> {
    return this.#open.read();
  }

  readonly retry = (): void => {
    if (this.#open.retry) this.#open.retry();
    else this.#reopen();
    this.#changed();
  };

  dispose(): void {
    this.#open.dispose();
  }

  #reopen(): void {
    const before = this.#open;
    this.#open = this.#branch.open(this.#changed);
    before.dispose();
  }
}

function together(parts: readonly Part[]): Loadable<Nodes> {
  const states = parts.map((part) => part.read());
  const [first] = states;
  const shared = first && states.every(({ state }) => state === first.state);
  if (shared && first.state === 'failed') return first;
  if (shared && first.state === 'loading' && states.every((state) => shownOf(state) === undefined)) return loading;
  const value = { state: 'ready', value: joinedNodes(states.map((state) => shownOf(state) ?? [])), at: 0 } as const;
  if (shared && first.state === 'stale') return failed(value, first.error, oldest(states));
  if (shared && first.state === 'ready') return value;
  const rows = states.map((state, index) => rowsOf(state, index, parts[index]?.retry));
  const isLoading = states.some(({ state }) => state === 'loading');
  return { ...value, value: joinedNodes([...rows, isLoading ? [loadingNode()] : []]) };
}

function oldest(states: readonly Loadable<unknown>[]): number {
  return Math.min(...states.map((state) => (state.state === 'stale' ? state.since : Infinity)));
}

/** As the engine shows the branch when it is alone; the index keeps two rows of the same state apart. Loading is said once, below. */
function rowsOf(state: Loadable<Nodes>, index: number, retry: () => void = () => undefined): Nodes {
  const own = (node: TreeNode): TreeNode => ({ ...node, key: `${node.key} ${index}` });
  switch (state.state) {
    case 'ready':
      return state.value;
    case 'stale':
      return joinedNodes([[own(staleNode(state.since, { error: state.error, retry }))], state.value]);
    case 'failed':
      return [own(errorNode({ error: state.error, retry }))];
    case 'loading':
      return state.partial ?? [];
  }
}
