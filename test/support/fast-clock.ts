import { type Clock, systemClock } from '../../src/core/clock.ts';

/** A clock that runs so many times faster than the day: for real servers whose waits are long. */
export function fastClock(times: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * times,
    after: (ms, call) => systemClock.after(ms / times, call),
  };
}

/** Waits until the condition holds. @throws Error after ten seconds */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
