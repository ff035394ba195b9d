import type { Clock } from '../../core/clock.ts';
import type { Event } from '../../core/event.ts';
import type {
  AccessAnswer,
  AccessQuery,
  Cluster,
  Kind,
  KindMap,
  Lease,
  UsageLease,
} from '../../domain/kubernetes/cluster.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import type { Connection, ReflectOptions } from './engine.ts';
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
  poll(
    connection: Connection,
    scope: { of: 'pods' | 'nodes'; namespace: string | undefined },
    cache: UsageCache,
  ): Promise<Work>;
}
type Work = (signal: AbortSignal) => Promise<void>;

/** One cluster; nothing is loaded or sent before something is asked of it. */
export class LiveCluster implements Cluster {
  readonly ref: ClusterRef;
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

  async may(action: AccessQuery, signal?: AbortSignal): Promise<AccessAnswer> {
    const { reviews } = await this.connect();
    return reviews.may(action, signal ?? new AbortController().signal);
  }

  async connect(): Promise<Connection> {
    this.#connection ??= await this.#ports.connect();
    return this.#connection;
  }

  #key(...parts: readonly (string | undefined)[]): string {
    return JSON.stringify([this.ref.context, this.ref.server, ...parts]);
  }
}
