import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import { Emitter } from '../../core/event.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { AttentionIndex } from './attention-index.ts';
import { type Gap, KindFeed } from './kind-feed.ts';
import { type AttentionKind, type Finding, attentionKinds } from './model.ts';

/** Objects a turn of the event loop: a few milliseconds. */
const sliceSize = 500;

/** What needs attention in a cluster, as long as somebody looks: watches of all that the rules read, and their index. */
export class AttentionWatch implements Disposable {
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #index: AttentionIndex;
  readonly #feeds: readonly KindFeed<AttentionKind>[];
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  #turn: Disposable | undefined;
  #isJudging = false;

  constructor(cluster: Cluster, clock: Clock) {
    this.#clock = clock;
    this.#now = () => clock.now() + cluster.clockSkew;
    this.#index = new AttentionIndex(this.#now);
    this.#feeds = attentionKinds.map((kind) => new KindFeed(cluster, kind, undefined, () => this.#soon()));
    this.#soon();
  }

  /** The gravest first; the same array as long as nothing has changed. */
  get findings(): readonly Finding[] {
    return this.#index.findings(this.#now());
  }

  /** What the findings do not speak of, since it was not read, not yet or not lately. */
  get gaps(): readonly Gap[] {
    return this.#feeds.flatMap(({ gap }) => gap ?? []);
  }

  /** Is something read that was not judged yet? */
  get isJudging(): boolean {
    return this.#isJudging;
  }

  dispose(): void {
    this.#turn?.dispose();
    for (const feed of this.#feeds) feed.dispose();
    this.#changed.dispose();
  }

  #soon(): void {
    this.#turn ??= this.#clock.after(0, () => this.#work());
  }

  /** A part of what there is to do; the next part after everybody else had a turn. */
  #work(): void {
    this.#turn = undefined;
    let room = sliceSize;
    for (const feed of this.#feeds) room -= feed.feed(this.#index, room);
    this.#isJudging = this.#index.judge(sliceSize);
    if (this.#isJudging || this.#feeds.some((feed) => feed.isWaiting)) this.#soon();
    this.#changed.fire(undefined);
  }
}
