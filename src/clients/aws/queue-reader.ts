import type { Message } from '@aws-sdk/client-sqs';
import { backoff, sleep } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import { isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { AwsScope } from '../../domain/alarms/model.ts';
import { type AlarmNotice, parseAlarmMessage } from '../../domain/alarms/message.ts';
import type { AwsSessions } from './sessions.ts';

export interface QueuePorts {
  readonly sessions: AwsSessions;
  readonly clock: Clock;
  /** Handles the news; the messages are taken out of the queue when it resolves, and come again when it rejects. */
  readonly onNotices: (notices: readonly AlarmNotice[]) => Promise<void>;
  /** `undefined`: the queue answers, and only alarm notices came. */
  readonly onState: (state: QueueState) => void;
}

export interface QueueState {
  readonly open: boolean;
  readonly problem?: string;
}

/**
 * Reads a scope's queue by long polling until disposed, also while nobody looks. A message that is no alarm notice is
 * not ours to delete: it stays, hidden for half a minute each time, until its retention or its owner takes it.
 */
export class QueueReader implements Disposable {
  readonly #scope: AwsScope;
  readonly #queueUrl: string;
  readonly #ports: QueuePorts;
  readonly #end = new AbortController();

  constructor(scope: AwsScope, queueUrl: string, ports: QueuePorts) {
    this.#scope = scope;
    this.#queueUrl = queueUrl;
    this.#ports = ports;
    this.#loop().catch((error: unknown) => {
      if (!isCancelled(error)) throw error;
    });
  }

  dispose(): void {
    this.#end.abort();
  }

  /** A failure is told as the queue's state and tried again, ever later, at most a minute apart. @throws CancelledError at the end */
  async #loop(): Promise<void> {
    const { signal } = this.#end;
    let failures = 0;
    let answered = false;
    while (!signal.aborted) {
      try {
        // the first look does not wait, so that it is known at once whether the queue answers
        await this.#once(signal, { wait: answered });
        answered = true;
        failures = 0;
      } catch (error) {
        if (isCancelled(error)) throw error;
        answered = false;
        this.#ports.onState({ open: false, problem: toJarvisError(error).message });
        await sleep(this.#ports.clock, backoff(failures++, { base: 2_000, cap: 60_000 }), signal);
      }
    }
  }

  async #once(signal: AbortSignal, options: { readonly wait: boolean }): Promise<void> {
    const messages = await this.#ports.sessions.use(this.#scope, (session) =>
      session.receive(this.#queueUrl, signal, options),
    );
    const read = messages.map((message) => ({ message, notice: parseAlarmMessage(message.Body ?? '') }));
    const ours = read.flatMap(({ message, notice }) => (notice ? [{ message, notice }] : []));
    const foreign = read.length - ours.length;
    this.#ports.onState(
      foreign > 0
        ? { open: true, problem: t('{0} messages in the queue are no alarm notices.', foreign) }
        : { open: true },
    );
    if (ours.length === 0) return;
    await this.#ports.onNotices(ours.map(({ notice }) => notice));
    await this.#remove(
      ours.map(({ message }) => message),
      signal,
    );
  }

  #remove(messages: readonly Message[], signal: AbortSignal): Promise<void> {
    return this.#ports.sessions.use(this.#scope, (session) => session.remove(this.#queueUrl, messages, signal));
  }
}
