import { mapLoadable } from '../../../core/loadable.ts';
import { apiKinds } from '../../../domain/kubernetes/api-kinds.ts';
import type { Kind, KindMap } from '../../../domain/kubernetes/kind-map.ts';
import { type Health, podHealth } from '../../../domain/kubernetes/health.ts';
import type { Pod } from '../../../domain/kubernetes/model.ts';
import type { Branch, TreeNode } from '../../../ui/tree/model.ts';
import { perObject } from '../../../ui/tree/per-object.ts';
import type { Filter } from '../look/filter.ts';
import { filteredNodes } from '../look/nothing-matches.ts';
import { type Opening, openedBranch } from '../opening.ts';
import { barredWords, withWords } from '../permissions.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { keptByName } from '../rows/order.ts';
import { belongs } from '../watched.ts';
import { type Crews, crewsOf } from './crews.ts';

/** The kinds that have pods of their own. */
export type WorkloadKind = Kind & ('deployments' | 'statefulsets' | 'daemonsets' | 'replicasets' | 'jobs' | 'cronjobs');

export interface WorkloadsInit<K extends WorkloadKind> {
  readonly kind: K;
  readonly empty: string;
  readonly isMeant?: (workload: KindMap[K]) => boolean;
  readonly health: (workload: KindMap[K]) => Health;
  /** Called once for each opening. */
  readonly node: (opening: Opening, crews: Crews) => (workload: KindMap[K]) => TreeNode;
}

/** The workloads of one kind, each with what its pods say in its row. Where a pod is asked for, so is its workload. */
export function workloadsBranch<K extends WorkloadKind>(
  ports: ClustersPorts,
  place: Place,
  { kind, empty, isMeant = () => true, health, node }: WorkloadsInit<K>,
): Branch {
  return openedBranch(ports, place.ref, empty, (opening) => {
    const store = opening.watch(kind, place.namespace);
    const crews = crewsOf(opening, place.namespace);
    const make = node(opening, crews);
    const barred = barredWords(opening, place.namespace);
    const nodeOf = perObject((workload: KindMap[K]) => withWords(make(workload), barred));
    const order = keptByName<KindMap[K]>();
    const crewOf = ({ name }: KindMap[K]) => crews.of(apiKinds[kind].kind, name);
    return () =>
      mapLoadable(store.objects, (objects) => {
        const meant = [...objects.values()].filter((workload) => isMeant(workload) && belongs(place, workload));
        return filteredNodes(ports.looks, meant, {
          passes: (one, filter) => passes(filter, one, health(one), crewOf(one)),
          order,
          node: nodeOf,
        });
      });
  });
}

function passes(filter: Filter, workload: KindMap[WorkloadKind], health: Health, crew: readonly Pod[]): boolean {
  const isAskedFor = filter.isAbout(workload);
  return (
    (isAskedFor && filter.isDue(health)) ||
    crew.some((pod) => (isAskedFor || filter.isAbout(pod)) && filter.isDue(podHealth(pod)))
  );
}
