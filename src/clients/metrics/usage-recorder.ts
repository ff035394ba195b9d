import type { Clock } from '../../core/clock.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { errorOf, type Loadable, valueOf } from '../../core/loadable.ts';
import { whenKnown } from '../../core/when-known.ts';
import type { Cluster } from '../../domain/kubernetes/cluster.ts';
import type { Lease, UsageStore } from '../../domain/kubernetes/store.ts';
import type { KubeObject } from '../../domain/kubernetes/model.ts';
import { readUsage, type UsageReading, type UsageSubject } from '../../domain/metrics/observed-usage.ts';
import { Track } from '../../domain/metrics/track.ts';

/** metrics-server measures every 15 s, and may miss one. */
const maxGapMs = 60_000;
const lingerMs = 2 * 60_000;

/** Listens to one subject while somebody asks about it, and keeps what it saw. */
export class UsageRecorder implements Disposable {
  readonly #subject: UsageSubject;
  readonly #cluster: Cluster;
  readonly #clock: Clock;
  readonly pods = new Map<string, { readonly percent: Track; readonly millicores: Track }>();
  readonly mean = new Track(maxGapMs);
  readonly replicas = new Track(Infinity);
  readonly maxReplicas = new Track(Infinity);
  readonly since: number;
  targetPercent: number | undefined;
  /** Is the object there now? */
  present = false;
  #watches: Watches | undefined;
  #lingering: Disposable | undefined;

  constructor(subject: UsageSubject, cluster: Cluster, clock: Clock) {
    this.#subject = subject;
    this.#cluster = cluster;
    this.#clock = clock;
    this.since = clock.now();
  }

  /** Why the newest numbers are old, if they are. */
  get problem(): string | undefined {
    const { usage, objects } = this.#watches ?? { objects: [] };
    return [usage?.usage, ...objects.map((read) => read())]
      .map((loadable) => loadable && errorOf(loadable)?.message)
      .find((message) => message !== undefined);
  }

  /** Listens on for a while, and resolves when there is something to tell. @throws JarvisError */
  async look(signal: AbortSignal): Promise<void> {
    this.#lingering?.dispose();
    this.#lingering = this.#clock.after(lingerMs, () => this.#rest());
    this.#watches ??= new Watches(this.#subject, this.#cluster, () => this.#record());
    await this.#watches.known(signal);
    this.#record();
  }

  dispose(): void {
    this.#lingering?.dispose();
    this.#rest();
  }

  /** Nobody asked for a while: the watches are let go, what was seen stays. */
  #rest(): void {
    this.#watches?.dispose();
    this.#watches = undefined;
    const now = this.#clock.now();
    for (const track of [this.replicas, this.maxReplicas]) track.pause(now);
  }

  #record(): void {
    const reading = this.#watches?.read();
    this.present = reading !== undefined;
    if (!reading) return;
    for (const { name, at, cpu, of } of reading.cpus) {
      const { percent, millicores } = this.#trackOf(name);
      millicores.add(at, cpu);
      if (of > 0) percent.add(at, (100 * cpu) / of);
    }
    this.#recordMean(reading);
    this.#step(this.replicas, reading.replicas);
    this.#step(this.maxReplicas, reading.maxReplicas);
    this.targetPercent = reading.targetPercent;
  }

  #recordMean({ cpus }: UsageReading): void {
    const cpu = cpus.reduce((sum, reading) => sum + reading.cpu, 0);
    const of = cpus.reduce((sum, reading) => sum + reading.of, 0);
    if (of > 0) this.mean.add(Math.max(...cpus.map(({ at }) => at)), (100 * cpu) / of);
  }

  #step(track: Track, value: number | undefined): void {
    if (value !== undefined && value !== track.last) track.add(this.#clock.now(), value);
  }

  #trackOf(name: string) {
    const tracks = this.pods.get(name) ?? { percent: new Track(maxGapMs), millicores: new Track(maxGapMs) };
    this.pods.set(name, tracks);
    return tracks;
  }
}

/** The leases that a subject needs: its own kind, and what its numbers are made of. */
class Watches implements Disposable {
  readonly usage: UsageStore;
  readonly objects: readonly (() => Loadable<unknown>)[];
  readonly #waits: readonly ((signal: AbortSignal) => Promise<unknown>)[];
  readonly #owned = new DisposableStore();
  readonly read: () => UsageReading | undefined;

  constructor(subject: UsageSubject, cluster: Cluster, onChange: () => void) {
    const { kind } = subject;
    const namespace = kind === 'node' ? '' : subject.namespace;
    const hpas = kind === 'hpa' ? this.#own(cluster.watch('horizontalpodautoscalers', namespace)) : undefined;
    const ofDeployment = kind === 'hpa' || kind === 'deployment';
    const deployments = ofDeployment ? this.#own(cluster.watch('deployments', namespace)) : undefined;
    const pods = kind === 'node' ? undefined : this.#own(cluster.watch('pods', namespace));
    const nodes = kind === 'node' ? this.#own(cluster.watch('nodes')) : undefined;
    const usage = kind === 'node' ? cluster.usage('nodes') : cluster.usage('pods', namespace);
    this.usage = this.#owned.add(usage).store;
    const stores = [hpas, deployments, pods, nodes].flatMap((lease) => (lease ? [lease.store] : []));
    this.objects = stores.map((store) => () => store.objects);
    this.#waits = [
      (signal) => whenKnown(() => this.usage.usage, this.usage.onDidChange, signal),
      ...stores.map(
        (store) => (signal: AbortSignal) => whenKnown<unknown>(() => store.objects, store.onDidChange, signal),
      ),
    ];
    for (const { onDidChange } of [this.usage, ...stores]) this.#owned.add(onDidChange(onChange));
    this.read = () =>
      readUsage(subject, {
        hpas: objectsOf(hpas),
        deployments: objectsOf(deployments),
        pods: objectsOf(pods),
        nodes: objectsOf(nodes),
        usage: valueOf(this.usage.usage) ?? new Map(),
      });
  }

  async known(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#waits.map((wait) => wait(signal)));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #own<T extends KubeObject>(lease: Lease<T>): Lease<T> {
    return this.#owned.add(lease);
  }
}

function objectsOf<T extends KubeObject>(lease: Lease<T> | undefined): Iterable<T> {
  return (lease && valueOf(lease.store.objects)?.values()) ?? [];
}
