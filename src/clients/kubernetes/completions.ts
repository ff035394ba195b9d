import type { Decoded } from './kinds/kind.ts';

/** Where completed objects go; those that changed or went in the meantime are not wanted any more. */
export interface CompletionSink<T> {
  knows(object: T): boolean;
  complete(object: T): void;
}

/** Reads what objects left for later, one after the other, letting everything else go first. */
export class Completions<T> {
  readonly #sink: CompletionSink<T>;
  readonly #queue: Decoded<T>[] = [];
  #busy = false;

  constructor(sink: CompletionSink<T>) {
    this.#sink = sink;
  }

  add(item: Decoded<T>): void {
    if (!item.complete) return;
    this.#queue.push(item);
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      if (!next.complete || !this.#sink.knows(next.object)) continue;
      await new Promise((resolve) => setImmediate(resolve));
      this.#sink.complete(await next.complete());
    }
    this.#busy = false;
  }
}
