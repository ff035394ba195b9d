import type { Kind } from './kind-map.ts';
import type { ClusterRef, KubeObject } from './model.ts';
import type { ObjectRef } from './object-ref.ts';

/** Where a kind lives in the API, and what manifests call it. */
export interface ApiKind {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
}

const of = (group: string, version: string, resource: string, kind: string): ApiKind => ({
  group,
  version,
  resource,
  kind,
});

/** The kinds whose objects are rows of their own. Source: the API reference of Kubernetes 1.36. */
export const apiKinds = {
  namespaces: of('', 'v1', 'namespaces', 'Namespace'),
  nodes: of('', 'v1', 'nodes', 'Node'),
  pods: of('', 'v1', 'pods', 'Pod'),
  deployments: of('apps', 'v1', 'deployments', 'Deployment'),
  statefulsets: of('apps', 'v1', 'statefulsets', 'StatefulSet'),
  daemonsets: of('apps', 'v1', 'daemonsets', 'DaemonSet'),
  replicasets: of('apps', 'v1', 'replicasets', 'ReplicaSet'),
  jobs: of('batch', 'v1', 'jobs', 'Job'),
  cronjobs: of('batch', 'v1', 'cronjobs', 'CronJob'),
  horizontalpodautoscalers: of('autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'),
  ingresses: of('networking.k8s.io', 'v1', 'ingresses', 'Ingress'),
  services: of('', 'v1', 'services', 'Service'),
  configmaps: of('', 'v1', 'configmaps', 'ConfigMap'),
  secrets: of('', 'v1', 'secrets', 'Secret'),
  persistentvolumeclaims: of('', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
} as const satisfies Partial<Record<Kind, ApiKind>>;
export type ApiKindName = keyof typeof apiKinds;

/** The object as reading commands take it. */
export function objectRef(
  cluster: ClusterRef,
  kind: ApiKindName,
  object: Pick<KubeObject, 'namespace' | 'name' | 'uid'>,
): ObjectRef {
  const { namespace, name, uid } = object;
  return { cluster, ...apiKinds[kind], namespace, name, uid };
}
