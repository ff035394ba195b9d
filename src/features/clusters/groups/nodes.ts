import { mapLoadable, shownOf } from '../../../core/loadable.ts';
import { t } from '../../../core/l10n.ts';
import { objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import { nodeHealth, podHealth, readiness, shortages } from '../../../domain/kubernetes/health.ts';
import type { ClusterRef, Node, Pod, Usage } from '../../../domain/kubernetes/model.ts';
import { shortNodeName } from '../../../domain/kubernetes/node-name.ts';
import { duration, fullTime } from '../../../ui/time.ts';
import type { Branch, Fact, TreeNode } from '../../../ui/tree/model.ts';
import { perObject } from '../../../ui/tree/per-object.ts';
import { filteredNodes } from '../look/nothing-matches.ts';
import { openedBranch } from '../opening.ts';
import type { ClusterPorts, ClustersPorts } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { healthIcons } from '../rows/icons.ts';
import { byName, keptByName } from '../rows/order.ts';
import { cpuText, memoryText, percent } from '../rows/usage.ts';
import { podNode } from '../workloads/pod-node.ts';

/** The nodes of a cluster as a group beside its namespaces. */
export function nodesGroup(ports: ClustersPorts, ref: ClusterRef): TreeNode {
  return {
    key: 'nodes',
    row: () => ({ label: t('Nodes'), icon: { id: 'server-environment' }, context: 'group' }),
    branch: nodesBranch(ports, ref),
  };
}

/** Rows do not wait for pods and usage; who may not list all pods sees nodes without their number. */
function nodesBranch(ports: ClustersPorts, ref: ClusterRef): Branch {
  return openedBranch(ports, ref, t('This cluster has no nodes.'), (opening) => {
    const nodes = opening.watch('nodes');
    const pods = opening.watch('pods');
    const usageOf = opening.usage();
    const order = keptByName<Node>();
    const podsOn = (node: Node) => {
      const all = shownOf(pods.objects);
      return all && (podsByNode(all).get(node.name) ?? []);
    };
    const nodeOf = perObject((node: Node) =>
      nodeNode(node, opening.inside, {
        podsOn: () => podsOn(node),
        usage: () => usageOf({ namespace: '', name: node.name }),
        branch: podsOfNode(ports, ref, node.name),
      }),
    );
    return () =>
      mapLoadable(nodes.objects, (all) =>
        filteredNodes(ports.looks, [...all.values()], {
          passes: (node, filter) => filter.passes(node, nodeHealth(node)),
          order,
          node: nodeOf,
        }),
      );
  });
}

/** Made once for each state of the store. */
const podsByNode = perObject((pods: ReadonlyMap<string, Pod>): ReadonlyMap<string, readonly Pod[]> =>
  Map.groupBy(pods.values(), ({ nodeName }) => nodeName),
);

interface OnNode {
  /** Undefined until the pods are known. */
  readonly podsOn: () => readonly Pod[] | undefined;
  readonly usage: () => Usage | undefined;
  readonly branch: Branch;
}

function nodeNode(node: Node, inside: ClusterPorts, { podsOn, usage, branch }: OnNode): TreeNode {
  const { uid, name } = node;
  return {
    key: uid,
    row: () => ({
      label: shortNodeName(name),
      description: [
        ...troubles(node),
        ...podsInWords(node, podsOn()),
        ...usageInWords(node, usage()),
        ...[node.instanceType, node.zone].filter(Boolean),
        duration(inside.now() - node.createdAt),
      ].join(' · '),
      icon: nodeHealth(node) === 'good' ? { id: 'server', color: 'testing.iconPassed' } : healthIcons[nodeHealth(node)],
      context: 'node',
    }),
    subject: {
      object: objectRef(inside.ref, 'nodes', node),
      chart: { kind: 'node', cluster: inside.ref, name, uid },
      copyText: name,
    },
    branch,
    tooltip: withEvents(inside, 'nodes', node, () => ({
      title: name,
      facts: factsOf(node, usage()),
      text: node.conditions
        .filter(({ type, status }) => (type === 'Ready') !== (status === 'True'))
        .map(({ type, message }) => `${type}: ${message}`),
    })),
  };
}

function troubles({ conditions, unschedulable }: Node): readonly string[] {
  const isReady = readiness(conditions)?.status === 'True';
  const short = shortages(conditions).map(({ type }) => type);
  return [...(isReady ? [] : [t('not ready')]), ...short, ...(unschedulable ? [t('cordoned')] : [])];
}

function podsInWords({ allocatable }: Node, pods: readonly Pod[] | undefined): readonly string[] {
  if (!pods) return [];
  const running = pods.filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed').length;
  return [t('{0}/{1} pods', running, allocatable.pods)];
}

function usageInWords({ allocatable }: Node, usage: Usage | undefined): readonly string[] {
  if (!usage) return [];
  return [
    t('CPU {0}', percent(usage.cpu, allocatable.cpu)),
    t('memory {0}', percent(usage.memory, allocatable.memory)),
  ];
}

function factsOf(node: Node, usage: Usage | undefined): readonly Fact[] {
  const { allocatable, taints } = node;
  const of = (used: string | undefined, all: string) => (used === undefined ? all : t('{0} of {1}', used, all));
  return [
    [t('CPU'), of(usage && cpuText(usage.cpu), cpuText(allocatable.cpu))],
    [t('Memory'), of(usage && memoryText(usage.memory), memoryText(allocatable.memory))],
    [t('Instance type'), node.instanceType || t('unknown')],
    [t('Zone'), node.zone || t('unknown')],
    [t('Kubelet'), node.kubeletVersion],
    ...taints.map(({ key, value, effect }) => [t('Taint'), `${key}${value ? `=${value}` : ''}:${effect}`] as const),
    [t('Created'), fullTime(node.createdAt)],
  ];
}

/** Of all namespaces; by the watch that the rows have anyway. */
function podsOfNode(ports: ClustersPorts, ref: ClusterRef, name: string): Branch {
  return openedBranch(ports, ref, t('There are no pods.'), (opening) => {
    const pods = opening.watch('pods');
    const nodeOf = perObject((pod: Pod) => podOnNode(pod, opening.inside));
    return () =>
      mapLoadable(pods.objects, (all) =>
        filteredNodes(ports.looks, podsByNode(all).get(name) ?? [], {
          passes: (pod, filter) => filter.passes(pod, podHealth(pod)),
          order: byName,
          node: nodeOf,
        }),
      );
  });
}

function podOnNode(pod: Pod, inside: ClusterPorts): TreeNode {
  const node = podNode(pod, inside, () => undefined);
  const row = () => {
    const { description, ...rest } = node.row();
    return { ...rest, description: `${pod.namespace} · ${description ?? ''}` };
  };
  return { ...node, row };
}
