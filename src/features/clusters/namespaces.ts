import { t } from '../../core/l10n.ts';
import type { ClusterRef, Namespace } from '../../domain/kubernetes/model.ts';
import { duration } from '../../ui/time.ts';
import { fixedBranch } from '../../ui/tree/branches.ts';
import type { Branch, TreeNode } from '../../ui/tree/model.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { groups } from './groups.ts';
import { byName } from './order.ts';
import type { ClusterPorts, ClustersPorts } from './ports.ts';
import { watchedBranch } from './watched.ts';

export function namespacesBranch(ports: ClustersPorts, ref: ClusterRef): Branch {
  return watchedBranch(ports, ref, {
    kind: 'namespaces',
    empty: t('This cluster has no namespaces.'),
    nodes(inside) {
      const nodeOf = perObject((namespace: Namespace) => namespaceNode(namespace, inside, ports));
      return (namespaces) => byName(namespaces).map(nodeOf);
    },
  });
}

function namespaceNode(namespace: Namespace, inside: ClusterPorts, ports: ClustersPorts): TreeNode {
  const isEnding = namespace.phase === 'Terminating';
  return {
    key: namespace.uid,
    row: () => ({
      label: namespace.name,
      description: isEnding ? t('being deleted') : duration(inside.now() - namespace.createdAt),
      icon: { id: 'symbol-namespace' },
      context: 'namespace',
    }),
    subject: { copyText: namespace.name },
    branch: fixedBranch(groups.map((group) => group(ports, inside.ref, namespace.name))),
  };
}
