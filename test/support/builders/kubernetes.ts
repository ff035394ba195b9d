import { disposable } from '../../../src/core/disposable.ts';
import { Emitter } from '../../../src/core/event.ts';
import { type Loadable, loading, valueOf } from '../../../src/core/loadable.ts';
import type { AccessAnswer, Cluster, Clusters, FoundNamespace } from '../../../src/domain/kubernetes/cluster.ts';
import type { Kind, KindMap } from '../../../src/domain/kubernetes/kind-map.ts';
import type { Lease, ObjectStore, UsageLease, UsageStore } from '../../../src/domain/kubernetes/store.ts';
import type { ClusterRef, KubeObject, Usage } from '../../../src/domain/kubernetes/model.ts';
import type { ReleaseReader } from '../../../src/domain/helm/model.ts';
import type { PortForward } from '../../../src/domain/kubernetes/port-forward.ts';
import type { ObjectRef } from '../../../src/domain/kubernetes/object-ref.ts';
import type {
  ManifestKind,
  MergePatch,
  ObjectEvent,
  ServedKind,
  WholeObject,
} from '../../../src/domain/kubernetes/reader.ts';
import type { LogQuery, LogReader, LogSink } from '../../../src/domain/logs/reader.ts';
import type { JsonObject } from '../../../src/domain/remediation/json.ts';

export * from './kubernetes-objects.ts';

/** A store whose state a test sets. */
export class FakeStore<T extends KubeObject> implements ObjectStore<T> {
  readonly #changed = new Emitter<ReadonlySet<string> | undefined>();
  objects: Loadable<ReadonlyMap<string, T>> = loading;
  readonly onDidChange = this.#changed.event;

  /** The server tells: these are all objects now. */
  has(...objects: readonly T[]): void {
    this.becomes({ state: 'ready', value: new Map(objects.map((one) => [one.uid, one])), at: 0 });
  }

  /** The server tells of these alone. */
  change(objects: readonly T[]): void {
    const value = new Map(valueOf(this.objects));
    for (const one of objects) value.set(one.uid, one);
    this.objects = { state: 'ready', value, at: 0 };
    this.#changed.fire(new Set(objects.map(({ uid }) => uid)));
  }

  becomes(objects: Loadable<ReadonlyMap<string, T>>): void {
    this.objects = objects;
    this.#changed.fire(undefined);
  }
}

class FakeUsage implements UsageStore {
  readonly #changed = new Emitter<undefined>();
  usage: Loadable<ReadonlyMap<string, Usage>> = loading;
  readonly onDidChange = this.#changed.event;

  has(...usages: readonly Usage[]): void {
    const value = new Map(usages.map((one) => [one.namespace ? `${one.namespace}/${one.name}` : one.name, one]));
    this.usage = { state: 'ready', value, at: 0 };
    this.#changed.fire(undefined);
  }
}

/** A cluster of {@link FakeStore}s, one a kind whatever the namespace, that counts its leases. */
export class FakeCluster implements Cluster {
  readonly ref: ClusterRef;
  readonly clockSkew = 0;
  readonly stores: { readonly [K in Kind]: FakeStore<KindMap[K]> } = {
    namespaces: new FakeStore(),
    nodes: new FakeStore(),
    pods: new FakeStore(),
    deployments: new FakeStore(),
    statefulsets: new FakeStore(),
    daemonsets: new FakeStore(),
    replicasets: new FakeStore(),
    jobs: new FakeStore(),
    cronjobs: new FakeStore(),
    horizontalpodautoscalers: new FakeStore(),
    ingresses: new FakeStore(),
    services: new FakeStore(),
    configmaps: new FakeStore(),
    secrets: new FakeStore(),
    persistentvolumeclaims: new FakeStore(),
    poddisruptionbudgets: new FakeStore(),
    warnings: new FakeStore(),
    releaserecords: new FakeStore(),
    configmapreleases: new FakeStore(),
    troubledreleases: new FakeStore(),
  };
  readonly usages = new FakeUsage();
  readonly followed = new FakeStore<WholeObject>();
  /** What every object is, and what was reported of it. */
  json: JsonObject = {};
  reported: readonly ObjectEvent[] = [];
  /** What its containers have said. */
  logReader: LogReader = { logs: () => Promise.resolve('') };
  /** Helm's releases. */
  releases: ReleaseReader = {
    history: () => Promise.reject(new Error('a fake has no releases')),
    head: () => Promise.resolve({}),
    read: () => Promise.reject(new Error('a fake has no releases')),
  };
  foresee: (object: ObjectRef, patch: MergePatch) => Promise<JsonObject> = () =>
    Promise.reject(new Error('a fake foresees nothing'));
  serves: (kind: ManifestKind) => Promise<ServedKind> = () => Promise.reject(new Error('a fake serves no kinds'));
  leases = 0;
  /** The watches that were asked for: "pods", "pods in sock-shop". */
  readonly asked: string[] = [];
  /** May the user do whatever is asked about? */
  allowed = true;
  /** The namespaces that may be looked into where they may not be listed. */
  found: readonly FoundNamespace[] = [];
  /** {@link json}, unless a test has more than one object. */
  read: Cluster['read'] = () => Promise.resolve(this.json);

  constructor(ref: ClusterRef) {
    this.ref = ref;
  }

  watch<K extends Kind>(kind: K, namespace?: string) {
    this.leases++;
    this.asked.push(namespace === undefined ? kind : `${kind} in ${namespace}`);
    const store: FakeStore<KindMap[K]> = this.stores[kind];
    return { store, ...disposable(() => this.leases--) };
  }

  usage(): UsageLease {
    this.leases++;
    return { store: this.usages, ...disposable(() => this.leases--) };
  }

  follow(): Lease<WholeObject> {
    this.leases++;
    return { store: this.followed, ...disposable(() => this.leases--) };
  }

  events(): Promise<readonly ObjectEvent[]> {
    return Promise.resolve(this.reported);
  }

  logs(query: LogQuery, sink: LogSink, signal: AbortSignal): Promise<string> {
    return this.logReader.logs(query, sink, signal);
  }

  forward(): Promise<PortForward> {
    return Promise.reject(new Error('a fake has no ports'));
  }

  may(): Promise<AccessAnswer> {
    return Promise.resolve({ allowed: this.allowed, reason: '' });
  }

  findNamespaces(named: readonly string[]): Promise<readonly FoundNamespace[]> {
    const asked = named.map((name) => ({ name, isNamed: true, access: { allowed: false, reason: '' } }));
    return Promise.resolve([
      ...asked.filter(({ name }) => !this.found.some((one) => one.name === name)),
      ...this.found,
    ]);
  }
}

/** The contexts of one fake cluster. */
export function clustersOf(cluster: Cluster): Clusters {
  return {
    contexts: { state: 'ready', value: [cluster.ref], at: 0 },
    currentContext: cluster.ref.context,
    onDidChange: new Emitter<undefined>().event,
    cluster: () => cluster,
    refresh: () => Promise.resolve(),
    setVisible: () => undefined,
  };
}
