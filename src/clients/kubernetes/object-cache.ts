import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import type { JarvisError } from '../../core/errors.ts';
import { Emitter } from '../../core/event.ts';
import { type Loadable, failed, loading } from '../../core/loadable.ts';
import type { ObjectStore } from '../../domain/kubernetes/cluster.ts';
import type { KubeObject } from '../../domain/kubernetes/model.ts';

/** At most five changes a second reach the interface, however fast the cluster changes. */
const batchMs = 200;

/** The writing side of an {@link ObjectStore}: filled by a watch, told in batches as immutable snapshots. */
export class ObjectCache<T extends KubeObject> implements ObjectStore<T> {
  objects: Loadable<ReadonlyMap<string, T>> = loading;
  readonly #clock: Clock;
  readonly #changes = new Emitter<ReadonlySet<string> | undefined>();
  readonly onDidChange = this.#changes.event;
  #live = new Map<string, T>();
  #changed = new Set<string>();
  #batch: Disposable | undefined;
  #toldAt = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new list, complete: what is not in it is gone. */
  replace(objects: Map<string, T>): void {
    for (const uid of this.#live.keys()) if (!objects.has(uid)) this.#changed.add(uid);
    for (const [uid, object] of objects) {
      const before = this.#live.get(uid);
      if (before?.resourceVersion === object.resourceVersion) objects.set(uid, before);
      else this.#changed.add(uid);
    }
    this.#live = objects;
    if (this.objects.state === 'ready') this.#tellSoon();
    else this.fresh();
  }

  /** Is this version of the object here already, with all that was read later? */
  knows({ uid, resourceVersion }: T): boolean {
    return this.#live.get(uid)?.resourceVersion === resourceVersion;
  }

  put(object: T): void {
    this.#live.set(object.uid, object);
    this.#changed.add(object.uid);
    this.#tellSoon();
  }

  /** What was read later of an object that may have changed or gone since. */
  complete(object: T): void {
    if (this.knows(object)) this.put(object);
  }

  remove(uid: string): void {
    if (!this.#live.delete(uid)) return;
    this.#changed.add(uid);
    this.#tellSoon();
  }

  /** What is here is what the server has. */
  fresh(): void {
    if (this.objects.state === 'ready') return;
    this.#publish();
    this.#changes.fire(undefined);
  }

  /** What is here may be old from now on. */
  fail(error: JarvisError): void {
    if (this.#batch) this.#publish();
    this.objects = failed(this.objects, error, this.#clock.now());
    this.#changes.fire(undefined);
  }

  #tellSoon(): void {
    if (this.objects.state !== 'ready' || this.#batch) return;
    const wait = Math.max(0, this.#toldAt + batchMs - this.#clock.now());
    this.#batch = this.#clock.after(wait, () => {
      const changed = this.#changed;
      this.#publish();
      this.#changes.fire(changed);
    });
  }

  #publish(): void {
    this.#batch?.dispose();
    this.#batch = undefined;
    this.#changed = new Set();
    this.#toldAt = this.#clock.now();
    this.objects = { state: 'ready', value: new Map(this.#live), at: this.#toldAt };
  }

  dispose(): void {
    this.#live = new Map();
    this.#batch?.dispose();
    this.#changes.dispose();
  }
}
