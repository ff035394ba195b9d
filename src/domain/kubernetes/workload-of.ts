import type { KubeObject, OwnerReference } from './model.ts';

/** The workload that a pod is there for. */
export interface WorkloadName {
  readonly kind: string;
  readonly name: string;
}

/** The owner that controls the object, if any does. */
export function controllerOf({ owners }: Pick<KubeObject, 'owners'>): OwnerReference | undefined {
  return owners.find(({ controller }) => controller);
}

/**
 * The workload above a pod, from the pod alone: its controller, and through a ReplicaSet of a Deployment the Deployment.
 * Source: k8s.io/kubernetes pkg/controller/deployment/sync.go, which names the ReplicaSet `<deployment>-<hash>` and puts
 * the hash on its pods as the label `pod-template-hash`.
 */
export function workloadOf({ owners, labels }: Pick<KubeObject, 'owners' | 'labels'>): WorkloadName | undefined {
  const controller = controllerOf({ owners });
  if (!controller) return undefined;
  const { kind, name } = controller;
  const suffix = `-${labels['pod-template-hash'] ?? ''}`;
  if (kind === 'ReplicaSet' && suffix.length > 1 && name.endsWith(suffix))
    return { kind: 'Deployment', name: name.slice(0, -suffix.length) };
  return { kind, name };
}
