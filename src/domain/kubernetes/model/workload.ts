import type { Condition, KubeObject, LabelSelector } from './object.ts';
import type { ResourceRequest } from './pod.ts';

/** What workloads that keep a number of pods have in common. */
export interface Workload extends KubeObject {
  readonly annotations: Readonly<Record<string, string>>;
  readonly selector: LabelSelector;
  /** How many pods are wanted (of a DaemonSet: status.desiredNumberScheduled). */
  readonly wanted: number;
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly conditions: readonly Condition[];
  readonly template: PodTemplate;
}

/** apps/v1 Deployment. */
export interface Deployment extends Workload {
  readonly paused: boolean;
}

/** apps/v1 StatefulSet. */
export type StatefulSet = Workload;

/** apps/v1 DaemonSet. */
export type DaemonSet = Workload;

/** apps/v1 ReplicaSet: `revision` is its Deployment's, from the annotation `deployment.kubernetes.io/revision`. */
export interface ReplicaSet extends KubeObject {
  readonly selector: LabelSelector;
  readonly wanted: number;
  readonly ready: number;
  readonly revision?: number;
  readonly template: PodTemplate;
}

/** A pod template's images, and its scheduling needs for the headroom forecast. */
export interface PodTemplate {
  readonly containers: readonly { readonly name: string; readonly image: string; readonly requests: ResourceRequest }[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  /** True where affinity or topology spread exist, which the forecast does not weigh and must say so. */
  readonly constrained: boolean;
}

export interface Toleration {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
  readonly effect: string;
}
