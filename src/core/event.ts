import { type Disposable, disposable } from './disposable.ts';
import { toJarvisError } from './errors.ts';

/** Subscribe to something that happens; the same shape as VS Code's own events. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The sending end of an {@link Event}. A listener that throws does not keep the others from hearing. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<{ readonly call: (value: T) => void }>();

  readonly event: Event<T> = (listener) => {
    const entry = { call: listener };
    this.#listeners.add(entry);
    return disposable(() => this.#listeners.delete(entry));
  };

  get size(): number {
    return this.#listeners.size;
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener.call(value);
      } catch (error) {
        // Told as an uncaught error, after the others have heard.
        queueMicrotask(() => {
          throw toJarvisError(error);
        });
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
