import type { Clock } from '../../core/clock.ts';
import type { Event } from '../../core/event.ts';
import type { AccessAnswer, AccessQuery, Cluster, FoundNamespace } from '../../domain/kubernetes/cluster.ts';
import type { Kind, KindMap } from '../../domain/kubernetes/kind-map.ts';
import type { Lease, UsageLease } from '../../domain/kubernetes/store.ts';
import type { ReleaseReader } from '../../domain/helm/model.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { ForwardedPorts, PortForward } from '../../domain/kubernetes/port-forward.ts';
import type { ManifestKind, MergePatch, ObjectEvent, ServedKind, WholeObject } from '../../domain/kubernetes/reader.ts';
import type { LogQuery, LogSink } from '../../domain/logs/reader.ts';
import type { JsonObject } from '../../domain/remediation/json.ts';
import type { Connection, FollowOptions, ReflectOptions } from './engine.ts';
import type { LeasePool } from './leases.ts';
import { ObjectCache } from './object-cache.ts';
import { SharedWork } from './shared-watch.ts';
import { UsageCache } from './usage-cache.ts';

/** What a cluster needs of the heavy half. */
export interface ClusterPorts {
  readonly clock: Clock;
  readonly pool: LeasePool;
  readonly wake: Event<undefined>;
  connect(): Promise<Connection>;
  reflect<K extends Kind>(connection: Connection, options: ReflectOptions<K>): Promise<Work>;
  follow(connection: Connection, options: FollowOptions): Promise<Work>;
  poll(
    connection: Connection,
    scope: { of: 'pods' | 'nodes'; namespace: string | undefined },
    cache: UsageCache,
  ): Promise<Work>;
  findNamespaces(
    connection: Connection,
    named: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly FoundNamespace[]>;
}
type Work = (signal: AbortSignal) => Promise<void>;

/** One cluster; nothing is loaded or sent before something is asked of it. */
export class LiveCluster implements Cluster {
  readonly ref: ClusterRef;
  readonly releases: ReleaseReader = {
    history: async (...release) => {
      const { transport } = await this.connect();
      const { readHistory } = await import('./engine.ts');
      return readHistory(transport, ...release);
    },
    head: async (...revision) => {
      const { transport } = await this.connect();
      const { readReleaseHead } = await import('./engine.ts');
      return readReleaseHead(transport, ...revision);
    },
    read: async (...revision) => {
      const { transport } = await this.connect();
      const { readRelease } = await import('./engine.ts');
      return readRelease(transport, ...revision);
    },
  };
  readonly #ports: ClusterPorts;
  #connection: Connection | undefined;

  constructor(ref: ClusterRef, ports: ClusterPorts) {
    this.ref = ref;
    this.#ports = ports;
  }

  get clockSkew(): number {
    return this.#connection?.transport.clockSkew ?? 0;
  }

  watch<K extends Kind>(kind: K, namespace?: string): Lease<KindMap[K]> {
    const { clock, pool, wake } = this.#ports;
    const lease = pool.lease(this.#key('watch', kind, namespace), () => {
      const cache = new ObjectCache<KindMap[K]>(clock);
      return new SharedWork(cache, async () =>
        this.#ports.reflect(await this.connect(), { kind, namespace, cache, wake }),
      );
    });
    return { store: lease.shared.cache, dispose: () => lease.dispose() };
  }

  usage(of: 'pods' | 'nodes', namespace?: string): UsageLease {
    const { clock, pool } = this.#ports;
    const lease = pool.lease(this.#key('usage', of, namespace), () => {
      const cache = new UsageCache(clock);
      return new SharedWork(cache, async () => this.#ports.poll(await this.connect(), { of, namespace }, cache));
    });
    return { store: lease.shared.cache, dispose: () => lease.dispose() };
  }

  async read(object: ObjectRef, signal: AbortSignal): Promise<JsonObject> {
    const { transport } = await this.connect();
    const { readObject } = await import('./engine.ts');
    return readObject(transport, object, signal);
  }

  async foresee(object: ObjectRef, patch: MergePatch, signal: AbortSignal): Promise<JsonObject> {
    const { transport } = await this.connect();
    const { foreseeMerge } = await import('./engine.ts');
    return foreseeMerge(transport, object, patch, signal);
  }

  async serves(kind: ManifestKind, signal: AbortSignal): Promise<ServedKind> {
    const { resources } = await this.connect();
    return resources.find(kind, signal);
  }

  async events(object: ObjectRef, signal: AbortSignal, withPods = false): Promise<readonly ObjectEvent[]> {
    const { transport } = await this.connect();
    const { eventsOf, eventsOfFamily } = await import('./engine.ts');
    return withPods ? eventsOfFamily(transport, object, signal) : eventsOf(transport, object, signal);
  }

  follow(object: ObjectRef): Lease<WholeObject> {
    const { clock, pool, wake } = this.#ports;
    const { group, version, resource, namespace, name } = object;
    const lease = pool.lease(this.#key('follow', group, version, resource, namespace, name), () => {
      const cache = new ObjectCache<WholeObject>(clock);
      return new SharedWork(cache, async () => this.#ports.follow(await this.connect(), { object, cache, wake }));
    });
    return { store: lease.shared.cache, dispose: () => lease.dispose() };
  }

  async forward(pod: ObjectRef, ports: ForwardedPorts, signal: AbortSignal): Promise<PortForward> {
    const { transport } = await this.connect();
    const { forwardPort } = await import('./engine.ts');
    return forwardPort(transport, pod, ports, signal);
  }

  async logs(query: LogQuery, sink: LogSink, signal: AbortSignal): Promise<string> {
    const { transport } = await this.connect();
    const { readLogs } = await import('./engine.ts');
    return readLogs(transport, query, sink, signal);
  }

  async may(action: AccessQuery, signal?: AbortSignal): Promise<AccessAnswer> {
    const { reviews } = await this.connect();
    return reviews.may(action, signal ?? new AbortController().signal);
  }

  async connect(): Promise<Connection> {
    this.#connection ??= await this.#ports.connect();
    return this.#connection;
  }

  async findNamespaces(named: readonly string[], signal: AbortSignal): Promise<readonly FoundNamespace[]> {
    return this.#ports.findNamespaces(await this.connect(), named, signal);
  }

  #key(...parts: readonly (string | undefined)[]): string {
    return JSON.stringify([this.ref.context, this.ref.server, ...parts]);
  }
}
