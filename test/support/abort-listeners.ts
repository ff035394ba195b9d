import { getEventListeners } from 'node:events';
import type { Disposable } from '../../src/core/disposable.ts';

/** Counts who waits for an abort: node does not warn of signals that gather listeners. */
export class AbortListeners implements Disposable {
  readonly #known = new WeakSet<AbortSignal>();
  readonly #signals: WeakRef<AbortSignal>[] = [];

  constructor() {
    const note = (signal: AbortSignal) => {
      if (this.#known.has(signal)) return;
      this.#known.add(signal);
      this.#signals.push(new WeakRef(signal));
    };
    AbortSignal.prototype.addEventListener = function (
      this: AbortSignal,
      ...how: Parameters<EventTarget['addEventListener']>
    ) {
      note(this);
      EventTarget.prototype.addEventListener.apply(this, how);
    };
  }

  /** On signals that were listened to since this was made and are not garbage yet. */
  get count(): number {
    const listeners = this.#signals
      .map((signal) => signal.deref())
      .map((signal) => signal && getEventListeners(signal, 'abort'));
    return listeners.reduce((sum, all) => sum + (all?.length ?? 0), 0);
  }

  dispose(): void {
    Reflect.deleteProperty(AbortSignal.prototype, 'addEventListener');
  }
}
