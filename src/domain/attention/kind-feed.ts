import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import type { JarvisError } from '../../core/errors.ts';
import { valueOf } from '../../core/loadable.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import type { ObjectStore } from '../kubernetes/store.ts';
import type { AttentionIndex } from './attention-index.ts';
import type { AttentionKind, ObjectOf } from './model.ts';

/** A kind of which not all is known at the moment. */
export interface Gap {
  readonly kind: AttentionKind;
  /** Undefined: all namespaces. */
  readonly namespace: string | undefined;
  readonly state: 'loading' | 'failed' | 'stale';
  readonly error?: JarvisError;
  /** Since when it is stale. */
  readonly since?: number;
}

/** Carries the objects of one watch into the index, no more of them at once than it is told to. */
export class KindFeed<K extends AttentionKind> implements Disposable {
  readonly kind: K;
  readonly namespace: string | undefined;
  readonly #held = new DisposableStore();
  readonly #store: ObjectStore<ObjectOf<K>>;
  readonly #waiting = new Set<string>();
  /** After a new list: what there was and what there is, looked through a part at a time. */
  #sweep: Iterator<string> = [].values();
  /** The next of the sweep; undefined at its end. */
  #ahead: string | undefined;
  #seen: ReadonlyMap<string, ObjectOf<K>> = new Map();

  constructor(cluster: Cluster, kind: K, namespace: string | undefined, changed: () => void) {
    this.kind = kind;
    this.namespace = namespace;
    const lease = namespace === undefined ? cluster.watch(kind) : cluster.watch(kind, namespace);
    this.#store = this.#held.add(lease).store;
    this.#held.add(
      this.#store.onDidChange((uids) => {
        this.#look(uids);
        changed();
      }),
    );
    this.#look(undefined);
  }

  get gap(): Gap | undefined {
    const { kind, namespace } = this;
    const { objects } = this.#store;
    switch (objects.state) {
      case 'ready':
        return this.isWaiting ? { kind, namespace, state: 'loading' } : undefined;
      case 'loading':
        return { kind, namespace, state: 'loading' };
      case 'failed':
        return { kind, namespace, state: 'failed', error: objects.error };
      case 'stale':
        return { kind, namespace, state: 'stale', error: objects.error, since: objects.since };
    }
  }

  /** Ends, and takes what it has brought out of the index. */
  withdraw(index: AttentionIndex): void {
    this.dispose();
    for (const uid of this.#seen.keys()) index.remove(this.kind, uid);
  }

  dispose(): void {
    this.#held.dispose();
  }

  /** Brings up to `limit` objects up to date. @returns how many it was */
  feed(index: AttentionIndex, limit: number): number {
    let count = 0;
    for (; count < limit; count++) {
      const uid = this.#next();
      if (uid === undefined) break;
      const object = this.#seen.get(uid);
      if (!object) index.remove(this.kind, uid);
      else if (index.get(this.kind, uid) !== object) index.put(this.kind, object);
    }
    return count;
  }

  #next(): string | undefined {
    for (const uid of this.#waiting) {
      this.#waiting.delete(uid);
      return uid;
    }
    const next = this.#ahead;
    if (next !== undefined) this.#ahead = advance(this.#sweep);
    return next;
  }

  get isForbidden(): boolean {
    const { objects } = this.#store;
    return objects.state === 'failed' && objects.error.code === 'kube.forbidden';
  }

  get isWaiting(): boolean {
    return this.#waiting.size > 0 || this.#ahead !== undefined;
  }

  /** Without UIDs, anything may have changed. */
  #look(uids: ReadonlySet<string> | undefined): void {
    const before = this.#seen;
    this.#seen = valueOf(this.#store.objects) ?? before;
    if (uids) for (const uid of uids) this.#waiting.add(uid);
    else if (this.#seen !== before) {
      if (this.#ahead !== undefined) this.#waiting.add(this.#ahead);
      this.#sweep = oneAfterAnother(this.#sweep, before.keys(), this.#seen.keys());
      this.#ahead = advance(this.#sweep);
    }
  }
}

function* oneAfterAnother(...all: readonly Iterator<string>[]): Generator<string> {
  for (const one of all) for (let next = one.next(); next.done !== true; next = one.next()) yield next.value;
}

function advance(iterator: Iterator<string>): string | undefined {
  const next = iterator.next();
  return next.done === true ? undefined : next.value;
}
