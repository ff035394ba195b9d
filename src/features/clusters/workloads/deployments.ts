import { t } from '../../../core/l10n.ts';
import { workloadHealth } from '../../../domain/kubernetes/health.ts';
import type { Deployment } from '../../../domain/kubernetes/model.ts';
import type { Branch, TreeNode } from '../../../ui/tree/model.ts';
import { filterOf } from '../look/filter.ts';
import { scalableWord, writeWord } from '../permissions.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { revisionsBranch } from './revisions.ts';
import { type Around, workloadNode } from './workload-node.ts';
import { workloadsBranch } from './workloads.ts';

/** The deployments of a place; with a name, only that one. */
export function deploymentsBranch(ports: ClustersPorts, place: Place, only?: string): Branch {
  return workloadsBranch(ports, place, {
    kind: 'deployments',
    empty: t('There are no deployments in {0}.', place.namespace),
    isMeant: ({ name }) => only === undefined || name === only,
    health: workloadHealth,
    node(opening, crews) {
      const scalable = scalableWord(ports, opening, place.namespace);
      const writable = writeWord(ports, opening, place.namespace, 'deployments');
      const words = () => `${scalable()} ${writable()}`.trim();
      return (deployment) => deploymentNode(deployment, { ports, place, opening, crews, words });
    },
  });
}

function deploymentNode(deployment: Deployment, { ports, place, opening, crews, words }: Around): TreeNode {
  const { uid, name, namespace, paused } = deployment;
  const { inside } = opening;
  const { ref } = inside;
  return workloadNode(deployment, {
    kind: 'deployments',
    inside,
    crew: () => crews.of('Deployment', name),
    usageOf: crews.usageOf,
    branch: revisionsBranch(ports, place, deployment, () => filterOf(ports.looks.look).isAbout(deployment)),
    context: words,
    subject: {
      pointer: { cluster: ref, kind: 'Deployment', namespace, name },
      chart: { kind: 'deployment', cluster: ref, namespace, name, uid },
    },
    remarks: paused ? [t('paused')] : [],
  });
}
