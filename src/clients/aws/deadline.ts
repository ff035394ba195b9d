import { sleep } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';

/** Thrown by {@link within} when the time is over. */
export class OutOfTime extends Error {}

/**
 * Does the work, at most for so long: what does not heed its signal (a program that gives credentials) is waited for no
 * longer than what does. @throws OutOfTime, CancelledError when the caller's own signal fires
 */
export async function within<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const either = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
  const late = async () => {
    await sleep(clock, ms, either);
    throw new OutOfTime();
  };
  try {
    return await Promise.race([work(either), late()]);
  } finally {
    end.abort();
  }
}
