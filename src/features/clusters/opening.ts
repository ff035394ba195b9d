import { DisposableStore } from '../../core/disposable.ts';
import { toJarvisError } from '../../core/errors.ts';
import { type Loadable, valueOf } from '../../core/loadable.ts';
import type { AccessQuery } from '../../domain/kubernetes/cluster.ts';
import type { Kind, KindMap } from '../../domain/kubernetes/kind-map.ts';
import type { ObjectStore } from '../../domain/kubernetes/store.ts';
import type { ClusterRef, Usage } from '../../domain/kubernetes/model.ts';
import type { Branch, Nodes } from '../../ui/tree/model.ts';
import { clusterPorts, type ClusterPorts, type ClustersPorts } from './ports.ts';

/** What an opened branch holds of a cluster, for as long as it is open. */
export class Opening extends DisposableStore {
  readonly inside: ClusterPorts;
  /** Says that what is read may be new. */
  readonly changed: () => void;
  /** Asks the server again: a shared watch that waits for its next try does not notice who comes and goes. */
  readonly retry: () => void;

  /** @throws JarvisError kube.contextMissing */
  constructor(ports: ClustersPorts, ref: ClusterRef, changed: () => void) {
    super();
    this.inside = clusterPorts(ports, ref);
    this.changed = changed;
    this.retry = () => void ports.clusters.refresh();
    this.add(ports.looks.onDidChange(changed));
  }

  /** Without a namespace, of all of them. */
  watch<K extends Kind>(kind: K, namespace?: string): ObjectStore<KindMap[K]> {
    const { cluster } = this.inside;
    const { store } = this.add(namespace === undefined ? cluster.watch(kind) : cluster.watch(kind, namespace));
    this.add(store.onDidChange(this.changed));
    return store;
  }

  /** What pods or nodes use, as far as it is known: rows neither wait for it nor fail with it. */
  usage(namespace?: string): (object: { readonly namespace: string; readonly name: string }) => Usage | undefined {
    const { cluster } = this.inside;
    const { store } = this.add(namespace === undefined ? cluster.usage('nodes') : cluster.usage('pods', namespace));
    this.add(store.onDidChange(this.changed));
    return (object) => {
      const key = object.namespace ? `${object.namespace}/${object.name}` : object.name;
      return valueOf(store.usage)?.get(key);
    };
  }

  /** Is it known that the user may not do it? Asked once; where nobody answers, the write itself will. */
  isForbidden(query: AccessQuery): () => boolean {
    const asking = this.add(new Asking());
    let forbidden = false;
    this.inside.cluster.may(query, asking.signal).then(
      ({ allowed }) => {
        forbidden = !allowed;
        if (forbidden && !asking.signal.aborted) this.changed();
      },
      () => undefined,
    );
    return () => forbidden;
  }
}

/** A question that ends with whoever asked it. */
export class Asking extends AbortController {
  dispose(): void {
    this.abort();
  }
}

/** Children that are read from what the opening holds. Why it cannot be opened is shown, and takes no view down. */
export function openedBranch(
  ports: ClustersPorts,
  ref: ClusterRef,
  empty: string,
  open: (opening: Opening) => () => Loadable<Nodes>,
): Branch {
  return {
    empty,
    narrow: 'jarvis.filterClusters',
    open(changed) {
      try {
        const opening = new Opening(ports, ref, changed);
        return { read: open(opening), retry: opening.retry, dispose: () => opening.dispose() };
      } catch (thrown) {
        const error = toJarvisError(thrown);
        return { read: () => ({ state: 'failed', error }), dispose: () => undefined };
      }
    },
  };
}
