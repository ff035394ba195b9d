import { t } from '../../core/l10n.ts';
import { lastingContainers } from './containers.ts';
import type { Node, Pod, PodTemplate, ResourceRequest, Toleration } from './model.ts';

export interface HeadroomQuestion {
  readonly template: PodTemplate;
  /** How many more pods. */
  readonly count: number;
  readonly nodes: readonly Node[];
  /** All pods of the cluster: what they ask for is taken. */
  readonly pods: readonly Pod[];
}

export interface Headroom {
  /** How many of the pods the scheduler would find a place for. */
  readonly fits: number;
  /** How many would stay Pending. */
  readonly pending: number;
  /** What the forecast does not weigh, in words. */
  readonly uncertain?: string;
}

interface Need {
  readonly cpu: number;
  readonly memory: number;
}

/**
 * Whether the nodes have room, as kube-scheduler's NodeResourcesFit, NodeUnschedulable, TaintToleration and node selector
 * see it: requests, not usage, against what is allocatable. Init containers, affinity, spread and volumes are not weighed.
 */
export function forecastHeadroom({ template, count, nodes, pods }: HeadroomQuestion): Headroom {
  const need = sum(template.containers.map(({ requests }) => requests));
  const room = nodes.filter((node) => admits(node, template)).map((node) => placesOn(node, need, podsOn(node, pods)));
  const fits = Math.min(
    count,
    room.reduce((all, places) => all + places, 0),
  );
  const uncertain = template.constrained
    ? t('Affinity or topology spread of the pods is not weighed: fewer may fit.')
    : undefined;
  return { fits, pending: count - fits, ...(uncertain !== undefined && { uncertain }) };
}

function podsOn(node: Node, pods: readonly Pod[]): readonly Pod[] {
  return pods.filter(({ nodeName, phase }) => nodeName === node.name && phase !== 'Succeeded' && phase !== 'Failed');
}

function placesOn({ allocatable }: Node, need: Need, running: readonly Pod[]): number {
  const taken = sum(running.flatMap((pod) => lastingContainers(pod).map(({ requests }) => requests)));
  const places = Math.min(
    allocatable.pods - running.length,
    need.cpu > 0 ? Math.floor((allocatable.cpu - taken.cpu) / need.cpu) : Infinity,
    need.memory > 0 ? Math.floor((allocatable.memory - taken.memory) / need.memory) : Infinity,
  );
  return Math.max(0, places);
}

function sum(requests: readonly ResourceRequest[]): Need {
  return {
    cpu: requests.reduce((all, { cpu = 0 }) => all + cpu, 0),
    memory: requests.reduce((all, { memory = 0 }) => all + memory, 0),
  };
}

function admits(node: Node, { nodeSelector, tolerations }: PodTemplate): boolean {
  const ready = node.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  if (!ready || node.unschedulable) return false;
  const chosen = Object.entries(nodeSelector).every(([key, value]) => node.labels[key] === value);
  const repelling = node.taints.filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute');
  return chosen && repelling.every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)));
}

/** core/v1 Toleration: an empty key with Exists tolerates all, an empty effect every effect. */
function tolerates({ key, operator, value, effect }: Toleration, taint: Node['taints'][number]): boolean {
  if (effect !== '' && effect !== taint.effect) return false;
  if (operator === 'Exists') return key === '' || key === taint.key;
  return key === taint.key && value === taint.value;
}
