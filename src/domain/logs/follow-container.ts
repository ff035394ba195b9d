import { backoff, sleep } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import { type Disposable, disposable, joined } from '../../core/disposable.ts';
import { type JarvisError, isCancelled, toJarvisError } from '../../core/errors.ts';
import type { Event } from '../../core/event.ts';
import { keptLines } from './buffer.ts';
import type { LogQuery, LogReader } from './reader.ts';
import { parseLine } from './line.ts';
import { Resume } from './resume.ts';
import type { Activity, SourceState } from './source.ts';

const anHour = 3_600_000;
/** A stream that is still open so long after its pod has gone will not end by itself: its node is dead. */
const graceMs = 5_000;
/** Who has not answered by then has nothing to say yet. */
const quietMs = 2_000;

export interface FollowPorts {
  readonly reader: LogReader;
  readonly clock: Clock;
  /** What the container does now. */
  readonly activity: () => Activity;
  /** Something about its pod may have changed. */
  readonly onDidChange: Event<unknown>;
  take(lines: readonly { readonly at: number; readonly text: string }[]): void;
  tell(state: SourceState): void;
}

/** Reads one container's log to its end, over restarts and broken connections, each line once. */
export class ContainerFollower {
  readonly #first: LogQuery;
  readonly #ports: FollowPorts;
  readonly #resume = new Resume();
  /** Since when nothing may be left out: the server has answered, or would have. */
  #begunAt: number | undefined;
  #attempt = 0;
  #waits = false;

  constructor(first: LogQuery, ports: FollowPorts) {
    this.#first = first;
    this.#ports = ports;
  }

  /** Goes on where it was when it is run again. @throws CancelledError when the signal fires */
  async run(signal: AbortSignal): Promise<void> {
    this.#ports.tell({ kind: 'connecting' });
    for (;;) {
      const rest = await this.#read(signal);
      if (rest === undefined) return;
      if (!this.#first.follow || this.#ports.activity() === 'gone') {
        this.#take([rest]);
        this.#ports.tell({ kind: this.#first.follow ? 'gone' : 'ended' });
        return;
      }
      await this.#pause(rest, signal);
    }
  }

  /** Once. @returns what the reader left over; undefined when there is nothing more to ask for. */
  async #read(signal: AbortSignal): Promise<string | undefined> {
    this.#resume.begin();
    this.#waits = false;
    const { clock, reader } = this.#ports;
    const askedAt = clock.now();
    const sink = {
      open: () => {
        this.#begunAt ??= clock.now();
        this.#ports.tell({ kind: 'live' });
      },
      lines: (raw: readonly string[]) => this.#take(raw),
    };
    const gone = new AbortController();
    const watch = this.#whenGone(() => gone.abort());
    try {
      return await reader.logs(this.#query(), sink, AbortSignal.any([signal, gone.signal]));
    } catch (error) {
      if (signal.aborted && clock.now() - askedAt > quietMs) this.#begunAt ??= askedAt;
      if (gone.signal.aborted && !signal.aborted) return '';
      if (isCancelled(error) || signal.aborted) throw error;
      const state = stateAfter(toJarvisError(error), this.#first.previous);
      this.#ports.tell(state);
      this.#waits = state.kind === 'waiting';
      return state.kind === 'cut' || (state.kind === 'waiting' && this.#first.follow) ? '' : undefined;
    } finally {
      watch.dispose();
    }
  }

  #whenGone(call: () => void): Disposable {
    const { activity, clock, onDidChange } = this.#ports;
    let timer: Disposable | undefined;
    const listener = onDidChange(() => {
      if (activity() === 'gone') timer ??= clock.after(graceMs, call);
    });
    return joined([listener, disposable(() => timer?.dispose())]);
  }

  /** After the beginning nothing may be left out, also where that had no line yet. */
  #query(): LogQuery {
    if (this.#begunAt === undefined) return this.#first;
    const { sinceSeconds, ...rest } = this.#first;
    const { sinceTime } = this.#resume;
    if (sinceTime !== undefined) return { ...rest, sinceTime, tailLines: keptLines };
    const passed = Math.ceil((this.#ports.clock.now() - this.#begunAt) / 1000);
    return { ...rest, ...(sinceSeconds && { sinceSeconds: sinceSeconds + passed }), tailLines: keptLines };
  }

  /** A server that only says what is known is not asked as often as one that has news. */
  #take(raw: readonly string[]): void {
    const lines = raw.flatMap((line) => {
      const parsed = parseLine(line);
      return line !== '' && this.#resume.isNew(line, parsed.at) ? [parsed] : [];
    });
    if (lines.length === 0) return;
    this.#attempt = 0;
    this.#ports.take(lines);
  }

  /** A container that has ended may be started again, one that waits may start: its pod tells. Else the next try is due soon. */
  async #pause(rest: string, signal: AbortSignal): Promise<void> {
    const ports = this.#ports;
    const ended = ports.activity() === 'ended';
    if (ended) {
      this.#take([rest]);
      ports.tell({ kind: 'ended' });
    }
    const wake = new AbortController();
    const wakes = () => (ended ? ports.activity() !== 'ended' : this.#waits);
    const listener = ports.onDidChange(() => wakes() && wake.abort());
    const ms = ended ? anHour : backoff(this.#attempt++, { base: 500, cap: 10_000 });
    try {
      await sleep(ports.clock, ms, AbortSignal.any([signal, wake.signal]));
    } catch (error) {
      if (signal.aborted) throw error;
    } finally {
      listener.dispose();
    }
  }
}

/** What an error means for the source. Source of the codes: clients/kubernetes/logs.ts. */
function stateAfter({ code, message }: JarvisError, previous: boolean): SourceState {
  if (code === 'logs.waiting') return { kind: 'waiting', message };
  if (code === 'logs.noPrevious') return { kind: 'none', message };
  if (code === 'kube.notFound') return { kind: 'gone', message };
  if (code === 'kube.forbidden' || code === 'kube.invalid' || previous) return { kind: 'failed', message };
  return { kind: 'cut', message };
}
