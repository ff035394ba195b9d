import { t } from '../../core/l10n.ts';
import { mapLoadable } from '../../core/loadable.ts';
import type { AlarmSubject } from '../../domain/alarms/subject.ts';
import { contextsOf } from '../../domain/kubernetes/cluster-name.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { combinedBranch, fixedBranch, liveBranch } from '../../ui/tree/branches.ts';
import type { Branch } from '../../ui/tree/model.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { deploymentsBranch } from './deployments.ts';
import { groups } from './groups.ts';
import { hpasBranch } from './hpas.ts';
import { podsBranch } from './pods.ts';
import type { ClustersPorts } from './ports.ts';

/** The live rows of what an alarm is about, in each context that leads to its cluster. */
export function objectBranch(ports: ClustersPorts, subject: AlarmSubject): Branch {
  const { clusters } = ports;
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
  switch (kind) {
    case 'Pod':
      return podsBranch(ports, ref, namespace, (pod) => pod.name === name);
    case 'Workload':
    case 'Service':
      return combinedBranch([deploymentsBranch(ports, ref, namespace, name), hpasBranch(ports, ref, namespace, name)]);
    case 'Namespace':
      return fixedBranch(groups.map((group) => group(ports, ref, name)));
    case 'Node':
    case 'Cluster':
      return fixedBranch([], t('See it in the Clusters view.'));
  }
}
