import type { Clock } from '../../core/clock.ts';
import { ApiError } from './answers.ts';

const hour = 3_600_000;
const docs = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';

/** The primary rate limit: so many requests an hour. Answers of 304 are given back. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #limit: number;
  #used = 0;
  #reset: number;

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
    this.#reset = clock.now() + hour;
  }

  /** @throws ApiError 403 when nothing is left. */
  take(): void {
    this.#roll();
    if (this.#used >= this.#limit) throw new ApiError(403, 'API rate limit exceeded for user ID 1001.', docs);
    this.#used++;
  }

  giveBack(): void {
    this.#used = Math.max(0, this.#used - 1);
  }

  /** Uses up what is left; more comes after so many seconds. */
  exhaust(seconds: number): void {
    this.#used = this.#limit;
    this.#reset = this.#clock.now() + seconds * 1000;
  }

  state() {
    this.#roll();
    const remaining = this.#limit - this.#used;
    return { limit: this.#limit, remaining, reset: Math.ceil(this.#reset / 1000), used: this.#used };
  }

  headers(): Record<string, string> {
    const values = Object.entries(this.state()).map(([name, value]) => [`x-ratelimit-${name}`, String(value)]);
    return { ...(Object.fromEntries(values) as Record<string, string>), 'x-ratelimit-resource': 'core' };
  }

  #roll(): void {
    if (this.#clock.now() < this.#reset) return;
    this.#used = 0;
    this.#reset = this.#clock.now() + hour;
  }
}
