import type { JarvisError } from '../../src/core/errors.ts';
import { Emitter } from '../../src/core/event.ts';
import { type Loadable, loading } from '../../src/core/loadable.ts';
import type { Branch, Nodes, OpenBranch, TreeNode } from '../../src/ui/tree/model.ts';

/** Children under a test's control, which counts who holds them open and how often they are read. */
export class FakeBranch implements Branch {
  readonly empty: string;
  opened = 0;
  closed = 0;
  reads = 0;
  readonly #changed = new Emitter<undefined>();
  #state: Loadable<Nodes> = loading;

  constructor(nodes?: readonly TreeNode[], empty = 'Nothing here.') {
    this.empty = empty;
    if (nodes) this.#state = { state: 'ready', value: nodes, at: 0 };
  }

  get isOpen(): boolean {
    return this.opened > this.closed;
  }

  open(changed: () => void): OpenBranch {
    this.opened++;
    const listening = this.#changed.event(changed);
    return {
      read: () => {
        this.reads++;
        return this.#state;
      },
      dispose: () => {
        this.closed++;
        listening.dispose();
      },
    };
  }

  set(nodes: Nodes): void {
    this.be({ state: 'ready', value: nodes, at: 0 });
  }

  stale(error: JarvisError, since: number): void {
    const value = this.#state.state === 'ready' ? this.#state.value : [];
    this.be({ state: 'stale', value, since, error });
  }

  be(state: Loadable<Nodes>): void {
    this.#state = state;
    this.#changed.fire(undefined);
  }
}

export function node(label: string, more: Partial<TreeNode> & { readonly description?: string } = {}): TreeNode {
  const { description, ...rest } = more;
  return { key: label, row: () => ({ label, ...(description !== undefined && { description }) }), ...rest };
}
