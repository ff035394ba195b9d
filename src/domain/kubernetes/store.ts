import type { Disposable } from '../../core/disposable.ts';
import type { Event } from '../../core/event.ts';
import type { Loadable } from '../../core/loadable.ts';
import type { KubeObject, Usage } from './model.ts';

/** Objects by UID, as the server last told; kept alive by a watch while anybody holds a {@link Lease}. */
export interface ObjectStore<T extends KubeObject> {
  /** The map is replaced, never changed, so that `===` tells whether anything changed; what is partial grows. */
  readonly objects: Loadable<ReadonlyMap<string, T>>;
  /** UIDs that were added, changed or removed; `undefined` when the state itself changed (loaded, stale, failed). */
  readonly onDidChange: Event<ReadonlySet<string> | undefined>;
}

/** A share in a watch. The watch ends when its last lease is disposed. */
export interface Lease<T extends KubeObject> extends Disposable {
  readonly store: ObjectStore<T>;
}

/** CPU and memory of pods or nodes, polled while leased (metrics.k8s.io has no watch). Keys: `namespace/name`, or `name`. */
export interface UsageStore {
  readonly usage: Loadable<ReadonlyMap<string, Usage>>;
  readonly onDidChange: Event<undefined>;
}
export interface UsageLease extends Disposable {
  readonly store: UsageStore;
}
