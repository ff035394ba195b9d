import type { Decoded } from './kinds/kind.ts';

/** Reads what objects left for later, one after the other, letting everything else go first. */
export class Completions<T> {
  readonly #done: (object: T) => void;
  readonly #queue: (() => Promise<T>)[] = [];
  #busy = false;

  constructor(done: (object: T) => void) {
    this.#done = done;
  }

  add({ complete }: Decoded<T>): void {
    if (!complete) return;
    this.#queue.push(complete);
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#done(await next());
    }
    this.#busy = false;
  }
}
