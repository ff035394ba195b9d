import { sleep } from '../../../core/async.ts';
import type { Clock } from '../../../core/clock.ts';
import { type JarvisError, toJarvisError } from '../../../core/errors.ts';
import { wasRefused } from '../../aws/function-errors.ts';
import type { LambdaFunctions } from '../../aws/functions.ts';
import type { LambdaHandle, LambdaRequest, Reply } from './payload.ts';
import { queued, replyOf } from './reply.ts';

/** One invocation of a function, from the moment it leaves. */
export class Invocation {
  readonly #request: LambdaRequest;
  readonly #sentAt: number;
  /** @throws JarvisError where no reply comes: it was refused, or it is not known what became of it */
  readonly ended: Promise<Reply>;
  reply: Reply | undefined;
  failure: JarvisError | undefined;

  constructor(functions: LambdaFunctions, request: LambdaRequest, timeout: number, now: number, signal: AbortSignal) {
    this.#request = request;
    this.#sentAt = now;
    this.ended = invoke(functions, request, timeout, signal);
    this.ended.then(
      (reply) => (this.reply = reply),
      (error: unknown) => (this.failure = toJarvisError(error)),
    );
  }

  /** AWS has run nothing. */
  get wasRefused(): boolean {
    return this.failure !== undefined && wasRefused(this.failure);
  }

  /** What is known of it now. */
  get handle(): LambdaHandle {
    return { ...this.#request, sentAt: this.#sentAt, ...(this.reply && { reply: this.reply }) };
  }

  /** Resolves with the reply, or when the time is over. @throws JarvisError as {@link ended}, if it fails until then */
  async settles(withinMs: number, clock: Clock): Promise<void> {
    const stop = new AbortController();
    try {
      await Promise.race([this.ended, sleep(clock, withinMs, stop.signal)]);
    } finally {
      stop.abort();
    }
  }
}

async function invoke(functions: LambdaFunctions, request: LambdaRequest, timeout: number, signal: AbortSignal) {
  const { arn, mode } = request;
  const event = JSON.stringify(request.event);
  if (mode === 'request') return replyOf(await functions.run(arn, event, timeout, signal), request);
  await functions.queue(arn, event, signal);
  return queued(request);
}
