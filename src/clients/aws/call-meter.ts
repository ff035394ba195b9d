import type { Clock } from '../../core/clock.ts';

/** How many requests went out in the last minute, retries included. */
export class CallMeter {
  readonly #clock: Clock;
  #times: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  count(): void {
    this.#times = this.#recent();
    this.#times.push(this.#clock.now());
  }

  get perMinute(): number {
    return this.#recent().length;
  }

  #recent(): number[] {
    const start = this.#clock.now() - 60_000;
    return this.#times.filter((time) => time > start);
  }
}
