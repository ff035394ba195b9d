import { type Disposable, disposable } from './disposable.ts';

/** Time as an input, so that rules about windows, expiries and back-off are tested without waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls once after `ms`; dispose to call it off. */
  after(ms: number, call: () => void): Disposable;
}

/** Timers cannot wait longer: they would not wait at all. 24 days. */
const longestMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, Math.min(ms, longestMs));
    return disposable(() => clearTimeout(timer));
  },
};
