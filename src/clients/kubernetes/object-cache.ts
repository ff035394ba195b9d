import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import type { JarvisError } from '../../core/errors.ts';
import { Emitter } from '../../core/event.ts';
import { type Loadable, failed, loading, valueOf } from '../../core/loadable.ts';
import type { ObjectStore } from '../../domain/kubernetes/store.ts';
import type { KubeObject } from '../../domain/kubernetes/model.ts';
import { LayeredMap, viewOf } from './layered-map.ts';

/** At most five changes a second reach the interface, however fast the cluster changes. */
const batchMs = 200;
/** A list that takes no longer is shown once, whole; of a longer one the beginnings are shown, and again this often. */
const partialMs = { first: 40, next: 500 };

/** The writing side of an {@link ObjectStore}: filled by a watch, told in batches as immutable snapshots. */
export class ObjectCache<T extends KubeObject> implements ObjectStore<T> {
  objects: Loadable<ReadonlyMap<string, T>> = loading;
  readonly #clock: Clock;
  readonly #changes = new Emitter<ReadonlySet<string> | undefined>();
  readonly onDidChange = this.#changes.event;
  #live = new LayeredMap<T>();
  #changed = new Set<string>();
  #batch: Disposable | undefined;
  #toldAt = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A list that has begun to arrive, and grows: shown as it does where nothing else is known. */
  receive(objects: ReadonlyMap<string, T>): void {
    if (valueOf(this.objects)) return;
    const show = () => {
      this.#showPartial(objects);
      this.#batch = this.#clock.after(partialMs.next, show);
    };
    this.#batch?.dispose();
    this.#batch = this.#clock.after(partialMs.first, show);
  }

  /** A new list, complete: what is not in it is gone. The map is the cache's from now on. */
  replace(objects: Map<string, T>): void {
    if (this.#live.size > 0) this.#compare(objects);
    this.#live = new LayeredMap(objects);
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
    if (this.#batch && this.objects.state === 'ready') this.#publish();
    this.#batch?.dispose();
    this.#batch = undefined;
    this.objects = failed(this.objects, error, this.#clock.now());
    this.#changes.fire(undefined);
  }

  #compare(objects: Map<string, T>): void {
    for (const uid of this.#live.keys()) if (!objects.has(uid)) this.#changed.add(uid);
    for (const [uid, object] of objects) {
      const before = this.#live.get(uid);
      if (before?.resourceVersion === object.resourceVersion) objects.set(uid, before);
      else this.#changed.add(uid);
    }
  }

  #showPartial(objects: ReadonlyMap<string, T>): void {
    if (objects.size === 0) return;
    this.objects = { state: 'loading', partial: viewOf(objects) };
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
    this.objects = { state: 'ready', value: this.#live.snapshot(), at: this.#toldAt };
  }

  dispose(): void {
    this.#live = new LayeredMap();
    this.#batch?.dispose();
    this.#changes.dispose();
  }
}
