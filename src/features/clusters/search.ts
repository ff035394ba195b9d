import type { Disposable } from '../../core/disposable.ts';
import { type Loadable, errorOf, shownOf } from '../../core/loadable.ts';
import type { JarvisError } from '../../core/errors.ts';
import { newestOf } from '../../domain/helm/history.ts';
import type { KindMap } from '../../domain/kubernetes/kind-map.ts';
import type { ObjectStore } from '../../domain/kubernetes/store.ts';
import {
  claimHealth,
  type Health,
  hpaHealth,
  jobHealth,
  podHealth,
  releaseHealth,
  workloadHealth,
} from '../../domain/kubernetes/health.ts';
import type { ClusterRef, KubeObject, ReleaseRevision } from '../../domain/kubernetes/model.ts';
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

function healthOf<K extends SearchedKind>(kind: K): ((object: KindMap[K]) => Health) | undefined {
  return (healths as { readonly [N in K]?: (object: KindMap[N]) => Health })[kind];
}

/** What a filter has found of a cluster so far. */
export interface Found {
  has(namespace: string): boolean;
  readonly isSearching: boolean;
  /** Why something could not be looked through: what is not found may be there all the same. */
  readonly refusals: readonly JarvisError[];
}

/**
 * In which namespaces is anything that the filter lets pass? Asked of watches over the whole cluster, or over the places
 * that may be looked into, which are held while a filter is on. Of Helm releases the labels are read, never the payloads.
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

  /**
   * @param places the namespaces that may be looked into; absent: all
   * @throws JarvisError kube.contextMissing
   */
  find(look: Look, places?: readonly string[]): Found {
    const wanted: Wanted = { filter: filterOf(look), onlyProblems: look.onlyProblems, places };
    if (!this.#held?.isFor(wanted)) {
      const before = this.#held;
      this.#held = new Held(new Opening(this.#ports, this.#ref, this.#changed), wanted);
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

interface Wanted {
  readonly filter: Filter;
  readonly onlyProblems: boolean;
  readonly places: readonly string[] | undefined;
}

/** What one watch has told so far, and where there is something of what is wanted. */
interface Part {
  readonly state: Loadable<unknown>;
  readonly namespaces: ReadonlySet<string>;
}

/** The watches of one filter, and what is found in them. */
class Held implements Disposable {
  readonly #opening: Opening;
  readonly #wanted: Wanted;
  readonly #parts: readonly (() => Part)[];

  constructor(opening: Opening, wanted: Wanted) {
    this.#opening = opening;
    this.#wanted = wanted;
    const kinds: readonly SearchedKind[] = wanted.onlyProblems ? problemKinds : [...problemKinds, ...otherKinds];
    const places = wanted.places ?? [undefined];
    this.#parts = places.flatMap((place) => [
      ...kinds.map((kind) => this.#objects(kind, place)),
      this.#releases('releaserecords', place),
      this.#releases('configmapreleases', place),
    ]);
  }

  isFor({ filter, places }: Wanted): boolean {
    return this.#wanted.filter === filter && this.#wanted.places?.join() === places?.join();
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

  #objects(kind: SearchedKind, place: string | undefined): () => Part {
    const health = healthOf(kind);
    return this.#part(this.#opening.watch(kind, place), (objects) =>
      objects.filter((object) => this.#wanted.filter.passes(object, health?.(object))),
    );
  }

  /** As the group Helm Releases filters them: by the release's own name, and by the health of its newest revision. */
  #releases(kind: 'releaserecords' | 'configmapreleases', place: string | undefined): () => Part {
    return this.#part<ReleaseRevision>(this.#opening.watch(kind, place), (records) =>
      newestOf(records)
        .filter(({ name, newest }) => this.#wanted.filter.passes({ ...newest, name }, releaseHealth(newest)))
        .map(({ newest }) => newest),
    );
  }

  #part<T extends KubeObject>(store: ObjectStore<T>, passing: (objects: readonly T[]) => readonly T[]): () => Part {
    // once for each state of the store
    const namespacesIn = perObject(
      (objects: ReadonlyMap<string, T>) => new Set(passing([...objects.values()]).map(({ namespace }) => namespace)),
    );
    return () => ({ state: store.objects, namespaces: namespacesIn(shownOf(store.objects) ?? nothing) });
  }
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();
