import { mapLoadable, shownOf } from '../../../core/loadable.ts';
import { t } from '../../../core/l10n.ts';
import type { Deployment, Pod, ReplicaSet } from '../../../domain/kubernetes/model.ts';
import { isPodOf, revisionsOf } from '../../../domain/kubernetes/revisions.ts';
import { matches } from '../../../domain/kubernetes/selector.ts';
import { fixedBranch } from '../../../ui/tree/branches.ts';
import { combinedBranch } from '../../../ui/tree/combined-branch.ts';
import type { Branch, TreeNode } from '../../../ui/tree/model.ts';
import { perObject } from '../../../ui/tree/per-object.ts';
import { openedBranch } from '../opening.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { podsBranch } from './pods.ts';
import { replicaSetNode } from './replica-sets.ts';

/**
 * What is under a Deployment: the pods of its current revision, the revisions that are on their way out with theirs, and
 * the older ones folded away. Without leave to read ReplicaSets all its pods are there, and a row that says why.
 */
export function revisionsBranch(
  ports: ClustersPorts,
  place: Place,
  deployment: Deployment,
  isAskedFor: () => boolean,
): Branch {
  const pods = currentPods(ports, place, deployment, isAskedFor);
  return combinedBranch([pods, outgoing(ports, place, deployment, isAskedFor)]);
}

/** Until the ReplicaSets are known, all pods that the Deployment selects. */
function currentPods(ports: ClustersPorts, place: Place, deployment: Deployment, isAskedFor: () => boolean): Branch {
  const empty = t('There are no pods.');
  return openedBranch(ports, place.ref, empty, (opening) => {
    const sets = opening.watch('replicasets', place.namespace);
    let leaving: readonly ReplicaSet[] = [];
    const isMeant = (pod: Pod) => matches(deployment.selector, pod.labels) && !leaving.some((set) => isPodOf(set, pod));
    const pods = podsBranch(ports, place, { isMeant, isAskedFor }).open(opening.changed);
    opening.add(pods);
    return () => {
      ({ leaving } = revisionsOf(deployment, (shownOf(sets.objects) ?? none).values()));
      return pods.read();
    };
  });
}

const none: ReadonlyMap<string, ReplicaSet> = new Map();

function outgoing(ports: ClustersPorts, place: Place, deployment: Deployment, isAskedFor: () => boolean): Branch {
  return openedBranch(ports, place.ref, '', (opening) => {
    const sets = opening.watch('replicasets', place.namespace);
    const { inside } = opening;
    const leavingNode = perObject((set: ReplicaSet) => ({
      ...replicaSetNode(set, inside),
      branch: podsBranch(ports, place, { isMeant: (pod) => isPodOf(set, pod), isAskedFor }),
      expanded: true,
    }));
    const olderNode = perObject((set: ReplicaSet) => replicaSetNode(set, inside));
    return () =>
      mapLoadable(sets.objects, (all) => {
        const { leaving, older } = revisionsOf(deployment, all.values());
        return [...leaving.map(leavingNode), ...(older.length > 0 ? [foldedNode(older.map(olderNode))] : [])];
      });
  });
}

function foldedNode(older: readonly TreeNode[]): TreeNode {
  return {
    key: 'older revisions',
    row: () => ({
      label: older.length === 1 ? t('1 older revision') : t('{0} older revisions', older.length),
      icon: { id: 'history' },
      context: 'group',
    }),
    branch: fixedBranch(older),
  };
}
