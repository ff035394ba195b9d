import { Emitter, type Event } from '../../../core/event.ts';
import type { Memory } from '../../../ui/memory.ts';
import { type Look, plainLook, readLook } from './look.ts';

/** What nodes need of it. */
export interface LookSource {
  readonly look: Look;
  readonly onDidChange: Event<undefined>;
}

const key = 'jarvis.clusters.look';

/** The look of the view, as it was when the workspace was last open. */
export class LookState implements LookSource {
  readonly #memory: Memory;
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  #look: Look;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#look = readLook(memory.get(key));
  }

  get look(): Look {
    return this.#look;
  }

  async change(parts: Partial<Look>): Promise<void> {
    this.#look = { ...this.#look, ...parts };
    this.#changed.fire(undefined);
    await this.#memory.update(key, this.#look);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** For rows that stand elsewhere than in the Clusters view: nothing is left out of them. */
export const plainSource: LookSource = { look: plainLook, onDidChange: () => ({ dispose: () => undefined }) };
