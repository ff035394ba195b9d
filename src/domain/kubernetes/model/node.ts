import type { Condition, KubeObject } from './object.ts';

/** core/v1 Node. */
export interface Node extends KubeObject {
  readonly unschedulable: boolean;
  /** Labels `topology.kubernetes.io/zone` and `node.kubernetes.io/instance-type`; empty where there are none. */
  readonly zone: string;
  readonly instanceType: string;
  readonly kubeletVersion: string;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly allocatable: { readonly cpu: number; readonly memory: number; readonly pods: number };
  readonly conditions: readonly Condition[];
}

/** metrics.k8s.io/v1beta1 usage of a pod or node, summed over its containers. */
export interface Usage {
  readonly namespace: string;
  readonly name: string;
  readonly cpu: number;
  readonly memory: number;
  readonly at: number;
  readonly windowSeconds: number;
}
