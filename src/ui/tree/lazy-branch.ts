import { lazy } from '../../core/async.ts';
import { toJarvisError } from '../../core/errors.ts';
import { type Loadable, loading } from '../../core/loadable.ts';
import type { Branch, Nodes, OpenBranch } from './model.ts';

/** A branch whose code is loaded when somebody looks for the first time: it is not part of what activation pays for. */
export function lazyBranch(load: () => Promise<Branch>): Branch {
  const loaded = lazy(load);
  let branch: Branch | undefined;
  return {
    get empty() {
      return branch?.empty ?? '';
    },
    open(changed) {
      return new LazyOpening(async () => (branch = await loaded()), changed);
    },
  };
}

class LazyOpening implements OpenBranch {
  readonly #load: () => Promise<Branch>;
  readonly #changed: () => void;
  #opened: OpenBranch | undefined;
  #state: Loadable<Nodes> = loading;
  #isClosed = false;

  constructor(load: () => Promise<Branch>, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
    void this.#start();
  }

  read(): Loadable<Nodes> {
    return this.#opened?.read() ?? this.#state;
  }

  retry(): void {
    if (this.#opened?.retry) {
      this.#opened.retry();
      return;
    }
    this.#opened?.dispose();
    this.#opened = undefined;
    void this.#start();
  }

  dispose(): void {
    this.#isClosed = true;
    this.#opened?.dispose();
  }

  async #start(): Promise<void> {
    try {
      const branch = await this.#load();
      if (this.#isClosed) return;
      this.#opened = branch.open(this.#changed);
    } catch (thrown) {
      this.#state = { state: 'failed', error: toJarvisError(thrown) };
    }
    if (!this.#isClosed) this.#changed();
  }
}
