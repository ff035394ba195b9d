import type { Event } from '../../core/event.ts';
import type { Loadable } from '../../core/loadable.ts';
import type { Kind, KindMap } from './kind-map.ts';
import type { ClusterRef } from './model.ts';
import type { Lease, UsageLease } from './store.ts';
import type { ReleaseReader } from '../helm/model.ts';
import type { PortForwarder } from './port-forward.ts';
import type { ObjectReader } from './reader.ts';
import type { LogReader } from '../logs/reader.ts';

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
