import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import { type JarvisError, toJarvisError } from '../../core/errors.ts';
import { Emitter } from '../../core/event.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { AttentionIndex } from './attention-index.ts';
import { type Gap, KindFeed } from './kind-feed.ts';
import { type AttentionKind, type Finding, attentionKinds } from './model.ts';

/** Objects a turn of the event loop: a few milliseconds. */
const sliceSize = 250;

/** What needs attention in a cluster, as long as somebody looks: watches of all that the rules read, and their index. */
export class AttentionWatch implements Disposable {
  readonly #cluster: Cluster;
  readonly #clock: Clock;
  readonly #index: AttentionIndex;
  readonly #ended = new AbortController();
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #feeds: readonly KindFeed<AttentionKind>[];
  /** Of the kinds that may not be listed everywhere, one for each namespace that may be looked into. */
  readonly #local = new Map<string, KindFeed<AttentionKind>>();
  readonly #named: () => readonly string[];
  #places: readonly string[] | undefined;
  #asking: readonly string[] | undefined;
  #trouble: JarvisError | undefined;
  /** Is it worth asking for the places (again)? Each try of the watch that was refused says so. */
  #isWorthAsking = true;
  #turn: Disposable | undefined;
  #isJudging = false;

  /** @param named the namespaces that a person has named, for where they may not be listed */
  constructor(cluster: Cluster, clock: Clock, named: () => readonly string[] = () => []) {
    this.#cluster = cluster;
    this.#clock = clock;
    this.#named = named;
    this.#index = new AttentionIndex(() => this.now());
    this.#feeds = attentionKinds.map((kind) => this.#feed(kind));
    this.#soon();
  }

  /** The server's time. */
  now(): number {
    return this.#clock.now() + this.#cluster.clockSkew;
  }

  /** The gravest first; the same array as long as nothing has changed. */
  get findings(): readonly Finding[] {
    return this.#index.findings();
  }

  /** What the findings do not speak of, since it was not read, not yet or not lately. */
  get gaps(): readonly Gap[] {
    const local = [...this.#local.values()];
    const isLocal = new Set(local.map(({ kind }) => kind));
    return [...this.#feeds.filter(({ kind }) => !isLocal.has(kind)), ...local].flatMap(({ gap }) => gap ?? []);
  }

  /** The namespaces that are looked into, where not all of them may be. */
  get places(): readonly string[] | undefined {
    return this.#local.size > 0 ? this.#places : undefined;
  }

  /** Why it is not known which namespaces may be looked into, where not all of them may be. */
  get trouble(): JarvisError | undefined {
    return this.#trouble;
  }

  /** Others may have been named. */
  reconsider(): void {
    if (this.#places ?? this.#trouble) void this.#findPlaces();
  }

  /** Is something that was read still to be judged? */
  get isJudging(): boolean {
    return this.#isJudging;
  }

  /** Is something still to be read, or judged? */
  get isLoading(): boolean {
    return this.#isJudging || this.#asking !== undefined || this.gaps.some(({ state }) => state === 'loading');
  }

  dispose(): void {
    this.#ended.abort();
    this.#turn?.dispose();
    for (const feed of this.#all()) feed.dispose();
    this.#changed.dispose();
  }

  #feed(kind: AttentionKind, namespace?: string): KindFeed<AttentionKind> {
    return new KindFeed(this.#cluster, kind, namespace, () => {
      if (kind === 'pods') this.#isWorthAsking = true;
      this.#soon();
    });
  }

  #soon(): void {
    this.#turn ??= this.#clock.after(0, () => this.#work());
  }

  /** A part of what there is to do; the next part after everybody else had a turn. */
  #work(): void {
    this.#turn = undefined;
    this.#narrow();
    let room = sliceSize;
    for (const feed of this.#all()) room -= feed.feed(this.#index, room);
    this.#isJudging = this.#index.judge(sliceSize);
    if (this.#isJudging || this.#all().some((feed) => feed.isWaiting)) this.#soon();
    this.#changed.fire(undefined);
  }

  #all(): readonly KindFeed<AttentionKind>[] {
    return [...this.#feeds, ...this.#local.values()];
  }

  /** What may not be listed everywhere is read in each namespace that may be looked into; the cluster's nodes are in none. */
  #narrow(): void {
    const refused = this.#feeds
      .filter(({ kind, isForbidden }) => isForbidden && kind !== 'nodes')
      .map(({ kind }) => kind);
    const isUnknown = !this.#places && !this.#asking && this.#isWorthAsking;
    if (isUnknown && refused.includes('pods')) void this.#findPlaces();
    const due = new Set(refused.flatMap((kind) => (this.#places ?? []).map((place) => `${kind}/${place}`)));
    for (const [key, feed] of this.#local)
      if (!due.has(key)) {
        this.#local.delete(key);
        feed.withdraw(this.#index);
      }
    for (const key of due) if (!this.#local.has(key)) this.#local.set(key, this.#feedOf(key));
  }

  #feedOf(key: string): KindFeed<AttentionKind> {
    const [kind, place] = key.split('/') as [AttentionKind, string];
    return this.#feed(kind, place);
  }

  async #findPlaces(): Promise<void> {
    const named = this.#named();
    this.#asking = named;
    this.#isWorthAsking = false;
    const { places, trouble } = await this.#placesFor(named);
    // somebody has named others meanwhile, or nobody looks any more
    if (this.#asking !== named || this.#ended.signal.aborted) return;
    this.#asking = undefined;
    this.#places = places;
    this.#trouble = trouble;
    this.#soon();
  }

  async #placesFor(named: readonly string[]): Promise<{ places?: readonly string[]; trouble?: JarvisError }> {
    try {
      const found = await this.#cluster.findNamespaces(named, this.#ended.signal);
      return { places: found.filter(({ access }) => access.allowed).map(({ name }) => name) };
    } catch (error) {
      return { trouble: toJarvisError(error) };
    }
  }
}
