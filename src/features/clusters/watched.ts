import { toJarvisError } from '../../core/errors.ts';
import { mapLoadable } from '../../core/loadable.ts';
import type { Kind, KindMap, Lease } from '../../domain/kubernetes/cluster.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import type { Branch, OpenBranch, TreeNode } from '../../ui/tree/model.ts';
import { clusterPorts, type ClusterPorts, type ClustersPorts } from './ports.ts';

export interface WatchedInit<K extends Kind> {
  readonly kind: K;
  readonly namespace?: string;
  readonly empty: string;
  /** Called once for each opening: what it returns turns the objects into nodes in the order of the view. */
  readonly nodes: (ports: ClusterPorts) => (objects: readonly KindMap[K][]) => readonly TreeNode[];
}

/** Children that are objects of one kind, alive by watch while somebody sees them. */
export function watchedBranch<K extends Kind>(
  ports: ClustersPorts,
  ref: ClusterRef,
  { kind, namespace, empty, nodes }: WatchedInit<K>,
): Branch {
  return openedBranch(empty, (changed) => {
    const inside = clusterPorts(ports, ref);
    const lease: Lease<KindMap[K]> =
      namespace === undefined ? inside.cluster.watch(kind) : inside.cluster.watch(kind, namespace);
    const listening = lease.store.onDidChange(changed);
    const toNodes = nodes(inside);
    return {
      read: () => mapLoadable(lease.store.objects, (objects) => toNodes([...objects.values()])),
      dispose() {
        listening.dispose();
        lease.dispose();
      },
    };
  });
}

/** A branch that shows why it cannot be opened, instead of taking the view down. */
export function openedBranch(empty: string, open: (changed: () => void) => OpenBranch): Branch {
  return {
    empty,
    open(changed) {
      try {
        return open(changed);
      } catch (thrown) {
        const error = toJarvisError(thrown);
        return { read: () => ({ state: 'failed', error }), dispose: () => undefined };
      }
    },
  };
}
