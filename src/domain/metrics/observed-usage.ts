import { lastingContainers } from '../kubernetes/containers.ts';
import type { Deployment, Hpa, Node, Pod, Usage } from '../kubernetes/model.ts';
import { matches } from '../kubernetes/selector.ts';
import type { ChartSubject } from './model.ts';

/** The CPU of one pod or node at one time, in millicores; `of` is its request, a node's allocatable. */
export interface CpuReading {
  readonly name: string;
  readonly at: number;
  readonly cpu: number;
  /** 0: it requests nothing. */
  readonly of: number;
}

/** What is known of a subject at one moment. */
export interface UsageReading {
  readonly cpus: readonly CpuReading[];
  readonly replicas?: number;
  readonly maxReplicas?: number;
  /** The HPA's target for CPU, percent of request. */
  readonly targetPercent?: number;
}

/** The objects of the subject's namespace (or cluster) as the watches tell them. */
export interface UsageWorld {
  readonly hpas: Iterable<Hpa>;
  readonly deployments: Iterable<Deployment>;
  readonly pods: Iterable<Pod>;
  readonly nodes: Iterable<Node>;
  /** By `namespace/name`, or a node's name. */
  readonly usage: ReadonlyMap<string, Usage>;
}

export type UsageSubject = Exclude<ChartSubject, { kind: 'alarm' }>;

/** Reads the subject out of what the cluster tells; undefined when the object is not there. */
export function readUsage(subject: UsageSubject, world: UsageWorld): UsageReading | undefined {
  switch (subject.kind) {
    case 'node':
      return ofNode(find(world.nodes, subject.name), world);
    case 'pod':
      return ofPods(find(world.pods, subject.name), world);
    case 'deployment':
      return ofDeployment(find(world.deployments, subject.name), world);
    case 'hpa':
      return ofHpa(find(world.hpas, subject.name), world);
  }
}

function ofNode(node: Node | undefined, { usage }: UsageWorld): UsageReading | undefined {
  const seen = node && usage.get(node.name);
  return node && { cpus: seen ? [{ name: node.name, at: seen.at, cpu: seen.cpu, of: node.allocatable.cpu }] : [] };
}

function ofPods(pod: Pod | undefined, world: UsageWorld): UsageReading | undefined {
  return pod && { cpus: cpusOf([pod], world) };
}

function ofDeployment(deployment: Deployment | undefined, world: UsageWorld): UsageReading | undefined {
  if (!deployment) return undefined;
  const pods = [...world.pods].filter((pod) => matches(deployment.selector, pod.labels));
  return { cpus: cpusOf(pods, world), replicas: deployment.ready };
}

/** Targets other than deployments show their replicas alone: their pods cannot be told from here. */
function ofHpa(hpa: Hpa | undefined, world: UsageWorld): UsageReading | undefined {
  if (!hpa) return undefined;
  const target = hpa.target.kind === 'Deployment' ? find(world.deployments, hpa.target.name) : undefined;
  const cpu = hpa.metrics.find(({ name, targetKind }) => name === 'cpu' && targetKind === 'Utilization');
  return {
    cpus: ofDeployment(target, world)?.cpus ?? [],
    replicas: hpa.currentReplicas,
    maxReplicas: hpa.maxReplicas,
    ...(cpu ? { targetPercent: cpu.target } : {}),
  };
}

function cpusOf(pods: readonly Pod[], { usage }: UsageWorld): readonly CpuReading[] {
  return pods.flatMap((pod) => {
    const seen = usage.get(`${pod.namespace}/${pod.name}`);
    if (!seen) return [];
    const of = lastingContainers(pod).reduce((sum, { requests }) => sum + (requests.cpu ?? 0), 0);
    return [{ name: pod.name, at: seen.at, cpu: seen.cpu, of }];
  });
}

function find<T extends { readonly name: string }>(objects: Iterable<T>, name: string): T | undefined {
  for (const object of objects) if (object.name === name) return object;
  return undefined;
}
