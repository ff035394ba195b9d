import { mapLoadable } from '../../core/loadable.ts';
import type { Kind, KindMap } from '../../domain/kubernetes/kind-map.ts';
import type { Health } from '../../domain/kubernetes/health.ts';
import { releaseOf } from '../../domain/kubernetes/release-of.ts';
import type { Branch, TreeNode } from '../../ui/tree/model.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { filteredNodes } from './look/nothing-matches.ts';
import { type Opening, openedBranch } from './opening.ts';
import type { ClustersPorts, Place } from './ports.ts';
import { keptByName } from './rows/order.ts';

export interface WatchedInit<K extends Kind> {
  readonly kind: K;
  readonly empty: string;
  /** What belongs here at all, before any filter. */
  readonly isMeant?: (object: KindMap[K]) => boolean;
  /** Absent: it is never a problem. */
  readonly health?: (object: KindMap[K]) => Health;
  /** Called once for each opening. */
  readonly node: (opening: Opening) => (object: KindMap[K]) => TreeNode;
}

/** Children that are objects of one kind in one namespace, by name, alive by watch while somebody sees them. */
export function watchedBranch<K extends Kind>(ports: ClustersPorts, place: Place, init: WatchedInit<K>): Branch {
  const { kind, empty, isMeant = () => true, health } = init;
  return openedBranch(ports, place.ref, empty, (opening) => {
    const store = opening.watch(kind, place.namespace);
    const node = perObject(init.node(opening));
    const order = keptByName<KindMap[K]>();
    return () =>
      mapLoadable(store.objects, (objects) => {
        const meant = [...objects.values()].filter((object) => isMeant(object) && belongs(place, object));
        return filteredNodes(ports.looks, meant, {
          passes: (object, filter) => filter.passes(object, health?.(object)),
          order,
          node,
        });
      });
  });
}

/** Is the object in the part of the namespace that is looked at? */
export function belongs({ release }: Place, object: Parameters<typeof releaseOf>[0]): boolean {
  return release === undefined || (releaseOf(object) ?? null) === release;
}
