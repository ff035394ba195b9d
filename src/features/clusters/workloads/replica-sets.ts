import { t } from '../../../core/l10n.ts';
import { objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import { type Health, workloadHealth } from '../../../domain/kubernetes/health.ts';
import type { ReplicaSet } from '../../../domain/kubernetes/model.ts';
import { isPodOf } from '../../../domain/kubernetes/revisions.ts';
import { controllerOf } from '../../../domain/kubernetes/workload-of.ts';
import { duration } from '../../../ui/time.ts';
import type { Branch, TreeNode } from '../../../ui/tree/model.ts';
import { filterOf } from '../look/filter.ts';
import type { ClusterPorts, ClustersPorts, Place } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { healthIcons } from '../rows/icons.ts';
import { tagsInWords } from '../rows/images.ts';
import { podsBranch } from './pods.ts';
import { workloadsBranch } from './workloads.ts';

/** ReplicaSets that no Deployment folds away: made by hand, or by another controller (Argo Rollouts). */
export function replicaSetsBranch(ports: ClustersPorts, place: Place): Branch {
  return workloadsBranch(ports, place, {
    kind: 'replicasets',
    empty: '',
    isMeant: (set) => controllerOf(set)?.kind !== 'Deployment',
    health: healthOf,
    node: (opening) => (set) => ({
      ...replicaSetNode(set, opening.inside),
      branch: podsBranch(ports, place, {
        isMeant: (pod) => isPodOf(set, pod),
        isAskedFor: () => filterOf(ports.looks.look).isAbout(set),
      }),
    }),
  });
}

function healthOf({ ready, wanted }: ReplicaSet): Health {
  return workloadHealth({ ready, wanted, updated: wanted });
}

/** A ReplicaSet by the revision that it is of its Deployment, else by its name. */
export function replicaSetNode(set: ReplicaSet, inside: ClusterPorts): TreeNode {
  const { uid, name, revision, ready, wanted } = set;
  return {
    key: uid,
    row: () => ({
      label: revision === undefined ? name : t('revision {0}', revision),
      description: [
        ...(wanted + ready > 0 ? [t('{0}/{1} ready', ready, wanted)] : []),
        ...tagsInWords(set.template.containers),
        duration(inside.now() - set.createdAt),
      ].join(' · '),
      icon: healthIcons[healthOf(set)],
      context: 'replicaset',
    }),
    subject: { object: objectRef(inside.ref, 'replicasets', set), copyText: name },
    tooltip: withEvents(inside, 'replicasets', set, () => ({
      title: name,
      facts: set.template.containers.map(({ name: container, image }) => [container, image] as const),
    })),
  };
}
