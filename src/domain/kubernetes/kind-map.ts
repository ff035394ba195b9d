import type {
  Configuration,
  CronJob,
  DaemonSet,
  Deployment,
  Hpa,
  Ingress,
  Job,
  Namespace,
  Node,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  ReleaseRevision,
  ReplicaSet,
  Service,
  StatefulSet,
  Warning,
} from './model.ts';

/** The kinds that are watched, by their plural; a kind is one file in clients/kubernetes/kinds. */
export interface KindMap {
  namespaces: Namespace;
  nodes: Node;
  pods: Pod;
  deployments: Deployment;
  statefulsets: StatefulSet;
  daemonsets: DaemonSet;
  replicasets: ReplicaSet;
  jobs: Job;
  cronjobs: CronJob;
  horizontalpodautoscalers: Hpa;
  ingresses: Ingress;
  services: Service;
  configmaps: Configuration;
  secrets: Configuration;
  persistentvolumeclaims: PersistentVolumeClaim;
  poddisruptionbudgets: PodDisruptionBudget;
  /** Events of type Warning. */
  warnings: Warning;
  /** All of them by their labels alone: a big cluster's payloads are many megabytes. */
  releaserecords: ReleaseRevision;
  /** Those that Helm's other driver keeps in ConfigMaps, by their labels alone. */
  configmapreleases: ReleaseRevision;
  /** Those that failed or are under way, with their payloads. */
  troubledreleases: ReleaseRevision;
}
export type Kind = keyof KindMap;
