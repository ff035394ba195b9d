import type { Clock } from '../../core/clock.ts';
import type { JarvisError } from '../../core/errors.ts';
import { Emitter } from '../../core/event.ts';
import { type Loadable, failed, loading } from '../../core/loadable.ts';
import type { UsageStore } from '../../domain/kubernetes/store.ts';
import type { Usage } from '../../domain/kubernetes/model.ts';

/** The writing side of a {@link UsageStore}. */
export class UsageCache implements UsageStore {
  usage: Loadable<ReadonlyMap<string, Usage>> = loading;
  readonly #clock: Clock;
  readonly #changes = new Emitter<undefined>();
  readonly onDidChange = this.#changes.event;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(usage: ReadonlyMap<string, Usage>): void {
    this.usage = { state: 'ready', value: usage, at: this.#clock.now() };
    this.#changes.fire(undefined);
  }

  fail(error: JarvisError): void {
    this.usage = failed(this.usage, error, this.#clock.now());
    this.#changes.fire(undefined);
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
