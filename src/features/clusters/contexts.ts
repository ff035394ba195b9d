import { t } from '../../core/l10n.ts';
import { type Loadable, mapLoadable } from '../../core/loadable.ts';
import type { Clusters } from '../../domain/kubernetes/cluster.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { fixedBranch, liveBranch } from '../../ui/tree/branches.ts';
import { combinedBranch } from '../../ui/tree/combined-branch.ts';
import type { Branch, TreeNode } from '../../ui/tree/model.ts';
import { perKey } from '../../ui/tree/per-object.ts';
import { Attentions } from './attention/attentions.ts';
import { attentionNode } from './attention/index.ts';
import { nodesGroup } from './groups/nodes.ts';
import { namespacesBranch } from './namespaces.ts';
import type { ClustersPorts } from './ports.ts';

/** The whole view: the contexts of the kubeconfig. Each loads alone, when it is opened. */
export function contextsBranch(ports: ClustersPorts): Branch {
  const { clusters } = ports;
  const attentions = new Attentions(ports);
  const nodeOf = perKey((key) => contextNode(parse(key), ports, attentions));
  return liveBranch({
    empty: '',
    listen: (changed) => clusters.onDidChange(changed),
    read: () => mapLoadable(known(clusters), (refs) => refs.map((ref) => nodeOf(keyOf(ref)))),
    retry: () => void clusters.refresh(),
  });
}

/** Without any kubeconfig there is nothing wrong, only nothing yet: the view's welcome leads on. */
function known({ contexts }: Clusters): Loadable<readonly ClusterRef[]> {
  const isMissing = contexts.state === 'failed' && contexts.error.code === 'kube.kubeconfigMissing';
  return isMissing ? { state: 'ready', value: [], at: 0 } : contexts;
}

function contextNode(ref: ClusterRef, ports: ClustersPorts, attentions: Attentions): TreeNode {
  const isCurrent = () => ports.clusters.currentContext === ref.context;
  return {
    key: keyOf(ref),
    row: () => ({
      label: ref.context,
      // what changes by itself stands on rows below: a row that is drawn anew draws all that is under it
      description: isCurrent() ? t('{0} · current', hostOf(ref.server)) : hostOf(ref.server),
      icon: { id: isCurrent() ? 'vm-active' : 'vm' },
      context: isCurrent() ? 'context current' : 'context',
    }),
    subject: { copyText: ref.context },
    branch: attentions.around(ref, contextBranch(ports, ref, attentions)),
    tooltip: () => ({
      title: ref.context,
      facts: [
        [t('Cluster'), ref.cluster],
        [t('Server'), ref.server],
      ],
      text: isCurrent() ? [t('The current context of the kubeconfig. Jarvis never switches it.')] : [],
    }),
  };
}

/** What is in a cluster. Its groups are there at once, whatever becomes of its namespaces. */
function contextBranch(ports: ClustersPorts, ref: ClusterRef, attentions: Attentions): Branch {
  const groups = fixedBranch([attentionNode(ports, ref, attentions), nodesGroup(ports, ref)]);
  return combinedBranch([groups, namespacesBranch(ports, ref)], t('This cluster has no namespaces.'));
}

function keyOf({ context, server, cluster }: ClusterRef): string {
  return JSON.stringify([context, server, cluster]);
}

function parse(key: string): ClusterRef {
  const [context = '', server = '', cluster = ''] = JSON.parse(key) as string[];
  return { context, server, cluster };
}

function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : server;
}
