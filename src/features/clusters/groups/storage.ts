import { t } from '../../../core/l10n.ts';
import { objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import { claimHealth } from '../../../domain/kubernetes/health.ts';
import type { PersistentVolumeClaim } from '../../../domain/kubernetes/model.ts';
import { duration, fullTime } from '../../../ui/time.ts';
import type { Branch, TreeNode } from '../../../ui/tree/model.ts';
import type { ClusterPorts, ClustersPorts, Place } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { healthIcons } from '../rows/icons.ts';
import { memoryText } from '../rows/usage.ts';
import { watchedBranch } from '../watched.ts';
import { podsBranch } from '../workloads/pods.ts';

/** The volume claims of a place, and under each the pods that use it. */
export function storageBranch(ports: ClustersPorts, place: Place): Branch {
  return watchedBranch(ports, place, {
    kind: 'persistentvolumeclaims',
    empty: t('There are no volume claims in {0}.', place.namespace),
    health: claimHealth,
    node: (opening) => (claim) => claimNode(claim, opening.inside, ports, place),
  });
}

function claimNode(claim: PersistentVolumeClaim, inside: ClusterPorts, ports: ClustersPorts, place: Place): TreeNode {
  const { uid, name, phase, requested, capacity, storageClass, volume } = claim;
  return {
    key: uid,
    row: () => ({
      label: name,
      description: [
        phase,
        memoryText(capacity ?? requested),
        ...(storageClass ? [storageClass] : []),
        ...(volume ? [volume] : []),
        duration(inside.now() - claim.createdAt),
      ].join(' · '),
      icon: phase === 'Bound' ? { id: 'database' } : healthIcons[claimHealth(claim)],
      context: 'persistentvolumeclaim',
    }),
    subject: { object: objectRef(inside.ref, 'persistentvolumeclaims', claim), copyText: name },
    branch: podsBranch(ports, place, {
      isMeant: ({ uses }) => uses.some((use) => use.kind === 'PersistentVolumeClaim' && use.name === name),
      isAskedFor: () => true,
      empty: t('No pod uses it.'),
    }),
    tooltip: withEvents(inside, 'persistentvolumeclaims', claim, () => ({
      title: name,
      facts: [
        [t('Phase'), phase],
        [t('Requested'), memoryText(requested)],
        [t('Capacity'), capacity === undefined ? t('none yet') : memoryText(capacity)],
        [t('Class'), storageClass || t('none')],
        [t('Volume'), volume || t('none yet')],
        [t('Access'), claim.accessModes.join(', ')],
        [t('Created'), fullTime(claim.createdAt)],
      ],
    })),
  };
}
