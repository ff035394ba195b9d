import type { Clock } from '../../core/clock.ts';
import { type Disposable, disposable } from '../../core/disposable.ts';

/** Work that many share: runs while anybody holds a lease and somebody looks. */
export interface Shared extends Disposable {
  /** Never rejects; ends when the signal fires; may be called again after that. */
  run(signal: AbortSignal): Promise<void>;
  /** Nobody looks: what is known grows old from now on. */
  paused(): void;
}

/** Whoever closes a node and opens it again finds it as it was. */
const graceMs = 10_000;
const hiddenMs = 60_000;

interface Entry {
  readonly shared: Shared;
  leases: number;
  running: AbortController | undefined;
  grace: Disposable | undefined;
}

/** One piece of work for each key, however many ask for it. */
export class LeasePool implements Disposable {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  #asleep = false;
  #hiding: Disposable | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `make` is called when nobody holds the key yet; a key always names the same type. */
  lease<S extends Shared>(key: string, make: () => S): Disposable & { readonly shared: S } {
    const entry = this.#entries.get(key) ?? this.#add(key, make());
    entry.leases++;
    entry.grace?.dispose();
    entry.grace = undefined;
    const end = disposable(() => this.#release(key, entry));
    return { shared: entry.shared as S, dispose: () => end.dispose() };
  }

  setVisible(visible: boolean): void {
    this.#hiding?.dispose();
    this.#hiding = visible ? undefined : this.#clock.after(hiddenMs, () => this.#sleep());
    if (!visible || !this.#asleep) return;
    this.#asleep = false;
    for (const entry of this.#entries.values()) this.#start(entry);
  }

  dispose(): void {
    this.#hiding?.dispose();
    for (const [key, entry] of this.#entries) this.#end(key, entry);
  }

  #add(key: string, shared: Shared): Entry {
    const entry: Entry = { shared, leases: 0, running: undefined, grace: undefined };
    this.#entries.set(key, entry);
    if (!this.#asleep) this.#start(entry);
    return entry;
  }

  #start(entry: Entry): void {
    entry.running = new AbortController();
    void entry.shared.run(entry.running.signal);
  }

  #sleep(): void {
    this.#asleep = true;
    for (const { running, shared } of this.#entries.values()) {
      running?.abort();
      shared.paused();
    }
  }

  #release(key: string, entry: Entry): void {
    entry.leases--;
    if (entry.leases > 0) return;
    entry.grace = this.#clock.after(graceMs, () => this.#end(key, entry));
  }

  #end(key: string, entry: Entry): void {
    this.#entries.delete(key);
    entry.grace?.dispose();
    entry.running?.abort();
    entry.shared.dispose();
  }
}
