import { unlessCancelled } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import type { Access } from './credentials.ts';

/** Many watches retry at once: what did not help a moment ago, a failure or what the server refuses, is not asked for again. */
const restMs = 10_000;

interface Answer {
  readonly access: Promise<Access>;
  readonly stop: AbortController;
  readonly askedAt: number;
  /** It was asked for because the one before was refused. */
  readonly isReplacement: boolean;
  waiting: number;
  state: 'pending' | 'failed' | Access;
}

/** Keeps the access of a context until it is told that it no longer convinces. All who ask meanwhile share one answer. */
export class Credentials {
  readonly #read: (signal: AbortSignal) => Promise<Access>;
  readonly #clock: Clock;
  #answer: Answer | undefined;

  constructor(read: (signal: AbortSignal) => Promise<Access>, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  /** @throws CancelledError on the signal; the asking itself is cancelled when nobody waits for it any more */
  async get(signal: AbortSignal): Promise<Access> {
    const answer = this.#current();
    answer.waiting++;
    try {
      return await unlessCancelled(answer.access, signal);
    } catch (error) {
      const isOutdated = answer.stop.signal.aborted && !signal.aborted;
      if (!isOutdated) throw error;
      return await this.get(signal);
    } finally {
      answer.waiting--;
      if (signal.aborted && answer.waiting === 0 && answer.state === 'pending') this.#drop(answer);
    }
  }

  /** The server refused `access`. @returns is it worth another try? Not when this one was itself asked for a moment ago. */
  refused(access: Access): boolean {
    const answer = this.#answer;
    if (answer?.state !== access) return true;
    if (answer.isReplacement && !this.#hasRested(answer)) return false;
    this.#answer = this.#ask(true);
    return true;
  }

  /** The next who asks gets what is true now. */
  forget(): void {
    if (this.#answer) this.#drop(this.#answer);
  }

  #current(): Answer {
    if (this.#answer?.state === 'failed' && this.#hasRested(this.#answer)) this.#answer = undefined;
    return (this.#answer ??= this.#ask(false));
  }

  #ask(isReplacement: boolean): Answer {
    const stop = new AbortController();
    const access = this.#read(stop.signal);
    const answer: Answer = { access, stop, askedAt: this.#clock.now(), isReplacement, waiting: 0, state: 'pending' };
    access.then(
      (value) => (answer.state = value),
      () => (answer.state = 'failed'),
    );
    return answer;
  }

  #drop(answer: Answer): void {
    answer.stop.abort();
    if (this.#answer === answer) this.#answer = undefined;
  }

  #hasRested({ askedAt }: Answer): boolean {
    return this.#clock.now() - askedAt >= restMs;
  }
}
