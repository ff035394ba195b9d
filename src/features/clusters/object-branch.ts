import { t } from '../../core/l10n.ts';
import { mapLoadable } from '../../core/loadable.ts';
import type { AlarmSubject } from '../../domain/alarms/subject.ts';
import { contextsOf } from '../../domain/kubernetes/cluster-name.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { fixedBranch, liveBranch } from '../../ui/tree/branches.ts';
import { combinedBranch } from '../../ui/tree/combined-branch.ts';
import type { Branch } from '../../ui/tree/model.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { groupsOf } from './groups/groups.ts';
import { hpasBranch } from './groups/hpas.ts';
import { plainSource } from './look/look-state.ts';
import type { ClustersPorts, Place } from './ports.ts';
import { deploymentsBranch } from './workloads/deployments.ts';
import { podsBranch } from './workloads/pods.ts';

/** The live rows of what an alarm is about, in each context that leads to its cluster. */
export function objectBranch(
  { clusters, clock, defaultRoute }: Omit<ClustersPorts, 'looks'>,
  subject: AlarmSubject,
): Branch {
  const ports = { clusters, clock, defaultRoute, looks: plainSource };
  const inContext = perObject((ref: ClusterRef) => ({
    key: JSON.stringify([ref.context, ref.server]),
    expanded: true,
    row: () => ({ label: ref.context, icon: { id: 'vm' }, context: 'context' }),
    branch: rowsOf(ports, ref, subject),
  }));
  return liveBranch({
    empty: t('No context of the kubeconfig leads to the cluster {0}.', subject.clusterName),
    listen: (changed) => clusters.onDidChange(changed),
    read: () => mapLoadable(clusters.contexts, (refs) => contextsOf(subject.clusterName, refs).map(inContext)),
    retry: () => void clusters.refresh(),
  });
}

function rowsOf(ports: ClustersPorts, ref: ClusterRef, { kind, namespace, name }: AlarmSubject): Branch {
  const place: Place = { ref, namespace };
  switch (kind) {
    case 'Pod':
      return podsBranch(ports, place, { isMeant: (pod) => pod.name === name });
    case 'Workload':
    case 'Service':
      return combinedBranch([deploymentsBranch(ports, place, name), hpasBranch(ports, place, name)]);
    case 'Namespace':
      return fixedBranch(groupsOf(ports, { ref, namespace: name }));
    case 'Node':
    case 'Cluster':
      return fixedBranch([], t('See it in the Clusters view.'));
  }
}
