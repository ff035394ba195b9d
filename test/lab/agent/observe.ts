import * as v from 'valibot';
import type { KubeClient } from '../cluster/client.ts';
import { toBytes, toMillicores } from './quantities.ts';

/** What the agent sees of a pod; CPU in millicores, memory in bytes, limits only where every container has one. */
export interface ObservedPod {
  readonly namespace: string;
  /** The name of what owns it: the Deployment's, as Container Insights calls `PodName`. */
  readonly workload: string;
  readonly node: string;
  readonly services: readonly string[];
  readonly cpu: number;
  readonly memory: number;
  readonly cpuLimit: number | undefined;
}

export interface ObservedNode {
  readonly name: string;
  readonly instanceId: string;
  readonly cpu: number;
  readonly memory: number;
  readonly cpuCapacity: number;
  readonly memoryCapacity: number;
  readonly failed: boolean;
}

export interface Observation {
  /** Running pods; those that metrics-server does not know yet are not among `measured`. */
  readonly running: readonly Omit<ObservedPod, 'cpu' | 'memory'>[];
  readonly measured: readonly ObservedPod[];
  readonly nodes: readonly ObservedNode[];
}

const labels = v.optional(v.record(v.string(), v.string()), {});
const Usage = v.object({ cpu: v.string(), memory: v.string() });
const Name = v.object({ name: v.string(), namespace: v.optional(v.string(), '') });

const Pod = v.object({
  metadata: v.object({
    ...Name.entries,
    labels,
    ownerReferences: v.optional(v.array(v.object({ kind: v.string(), name: v.string() })), []),
  }),
  spec: v.object({
    nodeName: v.optional(v.string(), ''),
    containers: v.array(
      v.object({ resources: v.optional(v.object({ limits: v.optional(v.partial(Usage), {}) }), {}) }),
    ),
  }),
  status: v.object({ phase: v.optional(v.string()) }),
});
const Service = v.object({
  metadata: Name,
  spec: v.object({ selector: v.optional(v.record(v.string(), v.string())) }),
});
const Node = v.object({
  metadata: Name,
  spec: v.object({ providerID: v.optional(v.string(), '') }),
  status: v.object({
    capacity: Usage,
    conditions: v.optional(v.array(v.object({ type: v.string(), status: v.string() })), []),
  }),
});
const PodMetrics = v.object({ metadata: Name, containers: v.array(v.object({ usage: Usage })) });
const NodeMetrics = v.object({ metadata: Name, usage: Usage });

/** Reads the cluster and its resource metrics. */
export async function observeCluster(client: KubeClient): Promise<Observation> {
  const [pods, services, nodes, podMetrics, nodeMetrics] = await Promise.all([
    client.list('/api/v1/pods', Pod),
    client.list('/api/v1/services', Service),
    client.list('/api/v1/nodes', Node),
    client.list('/apis/metrics.k8s.io/v1beta1/pods', PodMetrics),
    client.list('/apis/metrics.k8s.io/v1beta1/nodes', NodeMetrics),
  ]);
  const usage = new Map(podMetrics.map(({ metadata, containers }) => [key(metadata), sum(containers)]));
  const running = pods
    .filter(({ status }) => status.phase === 'Running')
    .map((pod) => ({ id: key(pod.metadata), ...describePod(pod, services) }));
  return {
    running,
    measured: running.flatMap((pod) => {
      const used = usage.get(pod.id);
      return used ? [{ ...pod, ...used }] : [];
    }),
    nodes: nodeMetrics.flatMap((metrics) => {
      const node = nodes.find(({ metadata }) => metadata.name === metrics.metadata.name);
      return node ? [describeNode(node, metrics)] : [];
    }),
  };
}

const key = ({ namespace, name }: v.InferOutput<typeof Name>) => `${namespace}/${name}`;

function sum(containers: v.InferOutput<typeof PodMetrics>['containers']) {
  return {
    cpu: containers.reduce((all, { usage }) => all + toMillicores(usage.cpu), 0),
    memory: containers.reduce((all, { usage }) => all + toBytes(usage.memory), 0),
  };
}

function describePod({ metadata, spec }: v.InferOutput<typeof Pod>, services: v.InferOutput<typeof Service>[]) {
  const limits = spec.containers.map(({ resources }) => resources.limits.cpu);
  const selecting = services.filter(
    (service) => service.metadata.namespace === metadata.namespace && selects(service.spec.selector, metadata.labels),
  );
  return {
    namespace: metadata.namespace,
    workload: workloadOf(metadata),
    node: spec.nodeName,
    services: selecting.map((service) => service.metadata.name),
    cpuLimit: limits.every((limit) => limit !== undefined)
      ? limits.reduce((all, limit) => all + toMillicores(limit), 0)
      : undefined,
  };
}

/** A ReplicaSet's name is its Deployment's with the template's hash. */
function workloadOf({ name, ownerReferences }: v.InferOutput<typeof Pod>['metadata']): string {
  const [owner] = ownerReferences;
  if (!owner) return name;
  return owner.kind === 'ReplicaSet' ? owner.name.replace(/-[^-]+$/, '') : owner.name;
}

function selects(selector: Record<string, string> | undefined, podLabels: Record<string, string>): boolean {
  if (!selector) return false;
  return Object.entries(selector).every(([name, value]) => podLabels[name] === value);
}

function describeNode(
  { metadata, spec, status }: v.InferOutput<typeof Node>,
  { usage }: v.InferOutput<typeof NodeMetrics>,
): ObservedNode {
  return {
    name: metadata.name,
    instanceId: spec.providerID.split('/').at(-1) ?? '',
    cpu: toMillicores(usage.cpu),
    memory: toBytes(usage.memory),
    cpuCapacity: toMillicores(status.capacity.cpu),
    memoryCapacity: toBytes(status.capacity.memory),
    // Ready must be true and every pressure false
    failed: status.conditions.some(({ type, status: is }) => (type === 'Ready') !== (is === 'True')),
  };
}
