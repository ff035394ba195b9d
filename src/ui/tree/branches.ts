import { disposable, type Disposable } from '../../core/disposable.ts';
import { isCancelled, toJarvisError } from '../../core/errors.ts';
import { type Loadable, failed, loading } from '../../core/loadable.ts';
import type { Clock } from '../../core/clock.ts';
import type { Branch, Nodes, TreeNode } from './model.ts';

/** Children that are known without asking anybody: groups, facts. */
export function fixedBranch(nodes: readonly TreeNode[], empty = ''): Branch {
  return { empty, open: () => ({ read: () => ({ state: 'ready', value: nodes, at: 0 }), dispose: () => undefined }) };
}

export interface LiveBranchInit {
  readonly empty: string;
  readonly listen: (changed: () => void) => Disposable;
  readonly read: () => Loadable<Nodes>;
  readonly retry?: () => void;
}

/** Children that somebody else keeps up to date and tells about. */
export function liveBranch(init: LiveBranchInit): Branch {
  const { listen, read, retry } = init;
  return {
    get empty() {
      return init.empty;
    },
    open(changed) {
      const listening = listen(changed);
      return { read, dispose: () => listening.dispose(), ...(retry && { retry }) };
    },
  };
}

/** Children that are fetched each time the node is opened; closing it cancels the fetch. */
export function loadedBranch(
  clock: Clock,
  empty: string,
  load: (signal: AbortSignal) => Promise<readonly TreeNode[]>,
): Branch {
  return {
    empty,
    open(changed) {
      let state: Loadable<readonly TreeNode[]> = loading;
      let flight = new AbortController();
      const fetch = async () => {
        const { signal } = (flight = new AbortController());
        const next = await load(signal).then(
          (value): typeof state => ({ state: 'ready', value, at: clock.now() }),
          (error: unknown) => (isCancelled(error) ? state : failed(state, toJarvisError(error), clock.now())),
        );
        if (signal.aborted) return;
        state = next;
        changed();
      };
      const retry = () => {
        flight.abort();
        void fetch();
      };
      retry();
      return { read: () => state, retry, ...disposable(() => flight.abort()) };
    },
  };
}
