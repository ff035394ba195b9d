import type { Clock } from '../../core/clock.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { isCancelled, JarvisError } from '../../core/errors.ts';
import { Emitter } from '../../core/event.ts';
import type { Pod } from '../kubernetes/model.ts';
import type { ObjectRef } from '../kubernetes/object-ref.ts';
import { keptLines, LogBuffer } from './buffer.ts';
import { Family, type FamilyCluster } from './family.ts';
import { ContainerFollower } from './follow-container.ts';
import type { LogLine } from './line.ts';
import { Merger } from './merge.ts';
import type { LogQuery, LogReader } from './reader.ts';
import { activityOf, containersOf, type LogSource, type SourceState } from './source.ts';

/** As many connections as one view opens; a person who looks at more of them at once sees nothing. */
const mostSources = 50;
/** Without a time, as many of the last lines of all sources together. */
const lastLines = 5000;
/** Lines are handed on this often, ms. */
const turnMs = 100;
/** A source that has not answered for longer than this is not waited for, ms. */
const patienceMs = 3000;

export interface LogOptions {
  /** All of them unless given. */
  readonly container?: string | undefined;
  readonly previous: boolean;
  /** The last lines unless given. */
  readonly sinceSeconds?: number | undefined;
}

export type LogCluster = LogReader & FamilyCluster;

interface Running {
  source: LogSource;
  readonly index: number;
  readonly follower: ContainerFollower;
}

/** The logs of a pod, or of all pods of a workload, as one: new pods join, and nothing is lost while it does not read. */
export class LogFollow implements Disposable {
  readonly buffer = new LogBuffer<LogLine>();
  readonly #cluster: LogCluster;
  readonly #object: ObjectRef;
  readonly #options: LogOptions;
  readonly #clock: Clock;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new Emitter<undefined>());
  readonly #looks = this.#owned.add(new Emitter<undefined>());
  readonly #merger = new Merger();
  readonly #running = new Map<string, Running>();
  readonly #startedAt: number;
  /** While it reads. */
  #stop: AbortController | undefined;
  #family: Family | undefined;
  #isPaused = false;
  #isSeen = true;
  #isKnown = false;
  #turn: Disposable | undefined;
  #isFirst = true;
  #left = 0;

  /** Lines or states are new. */
  readonly onDidChange = this.#changes.event;

  constructor(cluster: LogCluster, object: ObjectRef, options: LogOptions, clock: Clock) {
    this.#cluster = cluster;
    this.#object = object;
    this.#options = options;
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#begin();
  }

  get sources(): readonly LogSource[] {
    return [...this.#running.values()].map(({ source }) => source);
  }

  /** Containers beyond {@link mostSources}, which are not read. */
  get leftOut(): number {
    return this.#left;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Have the pods been read? */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Why the pods are not known, or not as they are now; or why none of them can be read. */
  get error(): JarvisError | undefined {
    return this.#family?.error ?? whyAllFailed(this.sources);
  }

  pause(): void {
    this.#isPaused = true;
    this.#adjust();
  }

  /** Goes on where it was; what failed is tried again. */
  resume(): void {
    this.#isPaused = false;
    this.#adjust();
  }

  /** What nobody sees is not read; what is said meanwhile is, once somebody looks again. */
  setVisible(visible: boolean): void {
    this.#isSeen = visible;
    this.#adjust();
  }

  clear(): void {
    this.buffer.dropBefore(this.buffer.end);
    this.#changes.fire(undefined);
  }

  dispose(): void {
    this.#stop?.abort();
    this.#family?.dispose();
    this.#turn?.dispose();
    this.#owned.dispose();
  }

  #adjust(): void {
    const reads = this.#isSeen && !this.#isPaused;
    if (reads && !this.#stop) this.#begin();
    else if (!reads) this.#rest();
  }

  #begin(): void {
    this.#stop = new AbortController();
    this.#family = new Family(this.#cluster, this.#object, () => this.#look());
    for (const one of this.#running.values()) if (isResumable(one.source.state)) this.#run(one);
    this.#look();
  }

  #rest(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#family?.dispose();
    this.#family = undefined;
    for (const one of this.#running.values())
      if (isOpen(one.source.state)) one.source = { ...one.source, state: { kind: 'paused' } };
    this.#changes.fire(undefined);
  }

  /** Takes in the pods that have come. */
  #look(): void {
    const pods = this.#family?.members;
    if (pods) this.#join(pods);
    this.#isKnown ||= pods !== undefined;
    this.#looks.fire(undefined);
    this.#changes.fire(undefined);
  }

  #join(pods: readonly Pod[]): void {
    const all = pods
      .toSorted((a, b) => a.createdAt - b.createdAt || a.name.localeCompare(b.name))
      .flatMap((pod) => containersOf(pod, this.#options.container).map(({ name }) => ({ pod, name })));
    const fresh = all.filter(({ pod, name }) => !this.#running.has(keyOf(pod, name)));
    const open = this.sources.filter(({ state }) => isOpen(state)).length;
    const room = Math.max(0, mostSources - open);
    this.#left = Math.max(0, fresh.length - room);
    // the newest, where they are too many
    for (const { pod, name } of fresh.slice(this.#left)) this.#add(pod, name, all.length);
    if (all.length > 0) this.#isFirst = false;
  }

  #add(pod: Pod, container: string, count: number): void {
    const key = keyOf(pod, container);
    const index = this.#running.size;
    const source: LogSource = { pod: pod.name, uid: pod.uid, container, state: { kind: 'connecting' } };
    const follower = new ContainerFollower(this.#query(pod, container, count), {
      reader: this.#cluster,
      clock: this.#clock,
      activity: () => activityOf(this.#family?.member(pod.uid), container),
      onDidChange: this.#looks.event,
      take: (lines) => this.#take(lines.map((line) => ({ source: index, ...line }))),
      tell: (state) => this.#tell(key, state),
    });
    const running = { source, index, follower };
    this.#running.set(key, running);
    this.#run(running);
  }

  /** Who was there at first shows what was asked for; who comes later, all that it has said. */
  #query({ name, namespace }: Pod, container: string, count: number): LogQuery {
    const { previous, sinceSeconds } = this.#options;
    const asked = { namespace, pod: name, container, previous, follow: !previous };
    if (!this.#isFirst) return { ...asked, tailLines: keptLines };
    if (sinceSeconds !== undefined) return { ...asked, sinceSeconds, tailLines: keptLines };
    return { ...asked, tailLines: Math.max(100, Math.floor(lastLines / Math.max(1, count))) };
  }

  #run({ follower, source }: Running): void {
    const signal = this.#stop?.signal;
    if (!signal) return;
    follower.run(signal).catch((error: unknown) => {
      if (!isCancelled(error)) this.#tell(keyOf(source, source.container), { kind: 'failed', message: String(error) });
    });
  }

  #tell(key: string, state: SourceState): void {
    const running = this.#running.get(key);
    if (!running || !this.#stop) return;
    running.source = { ...running.source, state };
    this.#changes.fire(undefined);
  }

  #take(lines: readonly LogLine[]): void {
    this.#merger.add(lines, this.#clock.now());
    if (this.#merger.isCrowded) this.#hand();
    this.#turn ??= this.#clock.after(turnMs, () => this.#hand());
  }

  #hand(): void {
    const now = this.#clock.now();
    const connecting = this.sources.some(({ state }) => state.kind === 'connecting');
    if (!connecting || now - this.#startedAt > patienceMs || this.#merger.isCrowded) {
      const lines = this.#merger.take(now, this.#running.size === 1);
      this.buffer.push(lines);
      if (lines.length > 0) this.#changes.fire(undefined);
    }
    this.#turn?.dispose();
    this.#turn = this.#merger.isEmpty ? undefined : this.#clock.after(turnMs, () => this.#hand());
  }
}

function keyOf({ uid }: { readonly uid: string }, container: string): string {
  return `${uid}/${container}`;
}

function isOpen({ kind }: SourceState): boolean {
  return kind === 'connecting' || kind === 'live' || kind === 'cut' || kind === 'waiting';
}

function isResumable({ kind }: SourceState): boolean {
  return kind !== 'gone' && kind !== 'none';
}

function whyAllFailed(sources: readonly LogSource[]): JarvisError | undefined {
  if (sources.length === 0 || sources.some(({ state }) => state.kind !== 'failed')) return undefined;
  const reasons = new Set(sources.map(({ state }) => state.message));
  return new JarvisError({ code: 'logs.failed', message: [...reasons].join(' '), remedies: [{ kind: 'retry' }] });
}
