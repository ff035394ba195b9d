import type { Disposable } from '../../core/disposable.ts';
import { type Loadable, errorOf, shownOf } from '../../core/loadable.ts';
import type { JarvisError } from '../../core/errors.ts';
import type { KindMap, ObjectStore } from '../../domain/kubernetes/cluster.ts';
import {
  claimHealth,
  type Health,
  hpaHealth,
  jobHealth,
  podHealth,
  workloadHealth,
} from '../../domain/kubernetes/health.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { type Filter, filterOf } from './look/filter.ts';
import type { Look } from './look/look.ts';
import { Opening } from './opening.ts';
import type { ClustersPorts } from './ports.ts';

/** What can be a problem, and when it is one. */
const healths = {
  pods: podHealth,
  deployments: workloadHealth,
  statefulsets: workloadHealth,
  daemonsets: workloadHealth,
  jobs: jobHealth,
  horizontalpodautoscalers: hpaHealth,
  persistentvolumeclaims: claimHealth,
} as const satisfies { readonly [K in keyof KindMap]?: (object: KindMap[K]) => Health };
const problemKinds = Object.keys(healths) as readonly (keyof typeof healths)[];
const otherKinds = ['cronjobs', 'ingresses', 'configmaps', 'secrets'] as const;
type SearchedKind = keyof typeof healths | (typeof otherKinds)[number];

/** What a filter has found of a cluster so far. */
export interface Found {
  has(namespace: string): boolean;
  readonly isSearching: boolean;
  /** Why something could not be looked through: what is not found may be there all the same. */
  readonly refusals: readonly JarvisError[];
}

/**
 * In which namespaces is anything that the filter lets pass? Asked of watches over the whole cluster, which are held
 * while a filter is on. Helm releases are not looked through: their records are the biggest objects of a cluster.
 */
export class Search implements Disposable {
  readonly #ports: ClustersPorts;
  readonly #ref: ClusterRef;
  readonly #changed: () => void;
  #held: Held | undefined;

  constructor(ports: ClustersPorts, ref: ClusterRef, changed: () => void) {
    this.#ports = ports;
    this.#ref = ref;
    this.#changed = changed;
  }

  /** @throws JarvisError kube.contextMissing */
  find(look: Look): Found {
    const filter = filterOf(look);
    if (this.#held?.filter !== filter) {
      const before = this.#held;
      this.#held = new Held(new Opening(this.#ports, this.#ref, this.#changed), filter, look.onlyProblems);
      before?.dispose();
    }
    return this.#held.found();
  }

  stop(): void {
    this.#held?.dispose();
    this.#held = undefined;
  }

  dispose(): void {
    this.stop();
  }
}

/** The watches of one filter, and what is found in them. */
class Held implements Disposable {
  readonly filter: Filter;
  readonly #opening: Opening;
  readonly #parts: readonly (() => { readonly state: Loadable<unknown>; readonly namespaces: ReadonlySet<string> })[];

  constructor(opening: Opening, filter: Filter, onlyProblems: boolean) {
    this.filter = filter;
    this.#opening = opening;
    const kinds: readonly SearchedKind[] = onlyProblems ? problemKinds : [...problemKinds, ...otherKinds];
    this.#parts = kinds.map((kind) => this.#part(kind));
  }

  found(): Found {
    const parts = this.#parts.map((read) => read());
    return {
      has: (namespace) => parts.some(({ namespaces }) => namespaces.has(namespace)),
      isSearching: parts.some(({ state }) => state.state === 'loading'),
      refusals: parts.flatMap(({ state }) => errorOf(state) ?? []),
    };
  }

  dispose(): void {
    this.#opening.dispose();
  }

  #part<K extends SearchedKind>(kind: K) {
    const store: ObjectStore<KindMap[K]> = this.#opening.watch(kind);
    const health = (healths as { readonly [N in K]?: (object: KindMap[N]) => Health })[kind];
    // once for each state of the store
    const namespacesIn = perObject((objects: ReadonlyMap<string, KindMap[K]>): ReadonlySet<string> => {
      const passing = [...objects.values()].filter((object) => this.filter.passes(object, health?.(object)));
      return new Set(passing.map(({ namespace }) => namespace));
    });
    return () => ({ state: store.objects, namespaces: namespacesIn(shownOf(store.objects) ?? nothing) });
  }
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();
