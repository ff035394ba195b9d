import { t } from '../../../core/l10n.ts';
import { apiKinds } from '../../../domain/kubernetes/api-kinds.ts';
import { workloadHealth } from '../../../domain/kubernetes/health.ts';
import type { Workload } from '../../../domain/kubernetes/model.ts';
import { isPodOf } from '../../../domain/kubernetes/revisions.ts';
import type { Branch, TreeNode } from '../../../ui/tree/model.ts';
import { filterOf } from '../look/filter.ts';
import { writeWord } from '../permissions.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { podsBranch } from './pods.ts';
import { type Around, workloadNode } from './workload-node.ts';
import { workloadsBranch } from './workloads.ts';

type SetKind = 'statefulsets' | 'daemonsets';

export function statefulSetsBranch(ports: ClustersPorts, place: Place): Branch {
  return setsBranch(ports, place, 'statefulsets', t('There are no stateful sets in {0}.', place.namespace));
}

export function daemonSetsBranch(ports: ClustersPorts, place: Place): Branch {
  return setsBranch(ports, place, 'daemonsets', t('There are no daemon sets in {0}.', place.namespace));
}

/** Both own their pods themselves. */
function setsBranch(ports: ClustersPorts, place: Place, kind: SetKind, empty: string): Branch {
  return workloadsBranch(ports, place, {
    kind,
    empty,
    health: workloadHealth,
    node(opening, crews) {
      const words = writeWord(ports, opening, place.namespace, kind);
      return (workload) => setNode(workload, kind, { ports, place, opening, crews, words });
    },
  });
}

function setNode(workload: Workload, kind: SetKind, { ports, place, opening, crews, words }: Around): TreeNode {
  const word = apiKinds[kind].kind;
  return workloadNode(workload, {
    kind,
    inside: opening.inside,
    crew: () => crews.of(word, workload.name),
    usageOf: crews.usageOf,
    branch: podsBranch(ports, place, {
      isMeant: (pod) => isPodOf(workload, pod),
      isAskedFor: () => filterOf(ports.looks.look).isAbout(workload),
    }),
    context: words,
    remarks: [word],
  });
}
