import type { Disposable } from '../../core/disposable.ts';
import type { Event } from '../../core/event.ts';
import type { Loadable } from '../../core/loadable.ts';
import type {
  ClusterRef,
  Configuration,
  CronJob,
  DaemonSet,
  Deployment,
  Hpa,
  Ingress,
  Job,
  KubeObject,
  Namespace,
  Node,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  ReleaseRevision,
  ReplicaSet,
  Service,
  StatefulSet,
  Usage,
  Warning,
} from './model.ts';
import type { ReleaseReader } from '../helm/model.ts';
import type { PortForwarder } from './port-forward.ts';
import type { ObjectReader } from './reader.ts';
import type { LogReader } from '../logs/reader.ts';

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
  releases: ReleaseRevision;
  /** All of them by their labels alone: a big cluster's payloads are many megabytes. */
  releaserecords: ReleaseRevision;
  /** Those that Helm's other driver keeps in ConfigMaps, by their labels alone. */
  configmapreleases: ReleaseRevision;
  /** Those that failed or are under way, with their payloads. */
  troubledreleases: ReleaseRevision;
}
export type Kind = keyof KindMap;

/** Objects by UID, as the server last told; kept alive by a watch while anybody holds a {@link Lease}. */
export interface ObjectStore<T extends KubeObject> {
  /** The map is replaced, never changed, so that `===` tells whether anything changed; what is partial grows. */
  readonly objects: Loadable<ReadonlyMap<string, T>>;
  /** UIDs that were added, changed or removed; `undefined` when the state itself changed (loaded, stale, failed). */
  readonly onDidChange: Event<ReadonlySet<string> | undefined>;
}

/** A share in a watch. The watch ends when its last lease is disposed. */
export interface Lease<T extends KubeObject> extends Disposable {
  readonly store: ObjectStore<T>;
}

/** CPU and memory of pods or nodes, polled while leased (metrics.k8s.io has no watch). Keys: `namespace/name`, or `name`. */
export interface UsageStore {
  readonly usage: Loadable<ReadonlyMap<string, Usage>>;
  readonly onDidChange: Event<undefined>;
}
export interface UsageLease extends Disposable {
  readonly store: UsageStore;
}

/** All reading of one cluster. Writing goes through domain/remediation alone. */
export interface Cluster extends ObjectReader, PortForwarder, LogReader {
  readonly ref: ClusterRef;
  /** Helm's releases, whole. */
  readonly releases: ReleaseReader;
  /** One watch for each (kind, namespace), shared by all who look; without a namespace, all of them. */
  watch<K extends Kind>(kind: K, namespace?: string): Lease<KindMap[K]>;
  usage(of: 'pods', namespace: string): UsageLease;
  usage(of: 'nodes'): UsageLease;
  /** Server time minus this machine's time, in ms, from the Date header; 0 until measured. */
  readonly clockSkew: number;
  /** May this user do it? SelfSubjectAccessReview (authorization.k8s.io/v1). Cached for a minute. */
  may(action: AccessQuery, signal?: AbortSignal): Promise<AccessAnswer>;
  /**
   * Where namespaces may not be listed: those that the kubeconfig names for this server, and the given ones, each with
   * the answer to whether this user may list pods there.
   * @throws JarvisError kube.*
   */
  findNamespaces(named: readonly string[], signal: AbortSignal): Promise<readonly FoundNamespace[]>;
}

export interface FoundNamespace {
  readonly name: string;
  /** By a person, not by the kubeconfig. */
  readonly isNamed: boolean;
  readonly access: AccessAnswer;
}

export interface AccessQuery {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** What of it: `portforward` of pods. */
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}
export interface AccessAnswer {
  readonly allowed: boolean;
  /** The server's own words, where it gave any. */
  readonly reason: string;
}

/** The contexts of the kubeconfig files, kept up to date when the files change. */
export interface Clusters {
  readonly contexts: Loadable<readonly ClusterRef[]>;
  /** The kubeconfig's current-context (the first file's wins), only ever a default to offer. */
  readonly currentContext: string | undefined;
  readonly onDidChange: Event<undefined>;
  /** @throws JarvisError kube.contextMissing when the context is gone or now names another server. */
  cluster(ref: ClusterRef): Cluster;
  /** Reads the kubeconfig anew and reconnects what is stale. */
  refresh(): Promise<void>;
  /** True while somebody looks: watches are paused a minute after it turns false, and resumed at once. */
  setVisible(visible: boolean): void;
}
