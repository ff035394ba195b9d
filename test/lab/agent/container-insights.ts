import type { Observation, ObservedNode, ObservedPod } from './observe.ts';

/** One metric of Container Insights with the values seen at one time, one for each pod or node that it sums up. */
export interface Measurement {
  readonly name: string;
  readonly unit: 'Percent' | 'Count';
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

type Dimensions = Measurement['dimensions'];

/**
 * The metrics of an observation under each of their documented dimension sets.
 * Source: the CloudWatch user guide, "Amazon EKS and Kubernetes Container Insights metrics".
 */
export function containerInsights(cluster: string, { running, measured, nodes }: Observation): Measurement[] {
  const ofCluster = { ClusterName: cluster };
  return [
    count('cluster_node_count', ofCluster, nodes.length),
    count('cluster_failed_node_count', ofCluster, nodes.filter(({ failed }) => failed).length),
    count('namespace_number_of_running_pods', ofCluster, running.length),
    ...[...grouped(running, ({ namespace }) => [{ ...ofCluster, Namespace: namespace }])].map(([dimensions, pods]) =>
      count('namespace_number_of_running_pods', dimensions, pods.length),
    ),
    ...[...grouped(running, (pod) => serviceDimensions(ofCluster, pod))].map(([dimensions, pods]) =>
      count('service_number_of_running_pods', dimensions, pods.length),
    ),
    ...nodeMetrics(ofCluster, nodes),
    ...podMetrics(ofCluster, measured, nodes),
  ];
}

function nodeMetrics(ofCluster: Dimensions, nodes: readonly ObservedNode[]): Measurement[] {
  const sets = grouped(nodes, ({ name, instanceId }) => [
    ofCluster,
    { ...ofCluster, NodeName: name, InstanceId: instanceId },
  ]);
  return [...sets].flatMap(([dimensions, some]) => [
    percent(
      'node_cpu_utilization',
      dimensions,
      some.map((node) => node.cpu / node.cpuCapacity),
    ),
    percent(
      'node_memory_utilization',
      dimensions,
      some.map((node) => node.memory / node.memoryCapacity),
    ),
  ]);
}

/** `pod_cpu_utilization` is of the node's CPU; `…_over_pod_limit` is of the pod's own limit, where it has one. */
function podMetrics(ofCluster: Dimensions, pods: readonly ObservedPod[], nodes: readonly ObservedNode[]) {
  const nodeOf = new Map(nodes.map((node) => [node.name, node]));
  const sets = grouped(pods, (pod) => [
    ofCluster,
    { ...ofCluster, Namespace: pod.namespace },
    { ...ofCluster, Namespace: pod.namespace, PodName: pod.workload },
    ...serviceDimensions(ofCluster, pod),
  ]);
  return [...sets].flatMap(([dimensions, some]) =>
    [
      percent(
        'pod_cpu_utilization',
        dimensions,
        some.map(({ cpu, node }) => cpu / (nodeOf.get(node)?.cpuCapacity ?? NaN)),
      ),
      percent(
        'pod_memory_utilization',
        dimensions,
        some.map(({ memory, node }) => memory / (nodeOf.get(node)?.memoryCapacity ?? NaN)),
      ),
      percent(
        'pod_cpu_utilization_over_pod_limit',
        dimensions,
        some.map(({ cpu, cpuLimit = NaN }) => cpu / cpuLimit),
      ),
    ].filter(({ values }) => values.length > 0),
  );
}

const serviceDimensions = (
  ofCluster: Dimensions,
  { namespace, services }: Pick<ObservedPod, 'namespace' | 'services'>,
) => services.map((Service) => ({ ...ofCluster, Namespace: namespace, Service }));

/** The items of each dimension set; an item may belong to several. */
function grouped<T>(items: readonly T[], setsOf: (item: T) => readonly Dimensions[]): Map<Dimensions, T[]> {
  const groups = new Map<string, { readonly dimensions: Dimensions; readonly members: T[] }>();
  for (const item of items) {
    for (const dimensions of setsOf(item)) {
      const id = JSON.stringify(dimensions);
      const group = groups.get(id) ?? { dimensions, members: [] };
      group.members.push(item);
      groups.set(id, group);
    }
  }
  return new Map([...groups.values()].map(({ dimensions, members }) => [dimensions, members]));
}

const count = (name: string, dimensions: Dimensions, value: number): Measurement => ({
  name,
  unit: 'Count',
  dimensions,
  values: [value],
});

const percent = (name: string, dimensions: Dimensions, ratios: readonly number[]): Measurement => ({
  name,
  unit: 'Percent',
  dimensions,
  values: ratios.filter(Number.isFinite).map((ratio) => ratio * 100),
});
