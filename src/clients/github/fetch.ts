import type { Clock } from '../../core/clock.ts';
import { rateLimited, secondsToWait } from './rate-limit.ts';

/** A request that hangs is worse than one that fails. */
const timeoutMs = 30_000;
/** More answers than one run's watching asks for. */
const mostAnswers = 64;

interface Remembered {
  readonly etag: string;
  readonly body: string;
  readonly headers: Headers;
}

/**
 * A fetch that asks again only for what changed (an answer of 304 costs no rate limit) and that sends nothing while
 * GitHub asked for silence. One for each sign-in: answers of one person are not shown to the next.
 * Sources: "Best practices" and "Rate limits" of GitHub's REST guide.
 */
export class PoliteFetch {
  readonly #clock: Clock;
  readonly #answers = new Map<string, Remembered>();
  #silentUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws JarvisError `github.rateLimited` without sending, while GitHub asked to wait. */
  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const wait = this.#silentUntil - this.#clock.now();
    if (wait > 0) throw rateLimited(Math.ceil(wait / 1000));
    const known = init.method === 'GET' ? this.#answers.get(url) : undefined;
    const headers = new Headers(init.headers);
    if (known) headers.set('if-none-match', known.etag);
    const response = await fetch(url, { ...init, headers, signal: withTimeout(init.signal) });
    const seconds = secondsToWait(response.status, response.headers, this.#clock.now());
    if (seconds !== undefined) this.#silentUntil = this.#clock.now() + seconds * 1000;
    if (response.status === 304 && known) return new Response(known.body, { status: 200, headers: known.headers });
    return init.method === 'GET' ? this.#remember(url, response) : response;
  };

  async #remember(url: string, response: Response): Promise<Response> {
    const etag = response.headers.get('etag');
    if (response.status !== 200 || etag === null) return response;
    const body = await response.text();
    const headers = new Headers(response.headers);
    this.#answers.delete(url);
    this.#answers.set(url, { etag, body, headers });
    const oldest = this.#answers.keys().next().value;
    if (this.#answers.size > mostAnswers && oldest !== undefined) this.#answers.delete(oldest);
    return new Response(body, { status: 200, headers });
  }
}

function withTimeout(signal: AbortSignal | null | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}
