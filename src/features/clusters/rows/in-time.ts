import { sleep } from '../../../core/async.ts';
import type { Clock } from '../../../core/clock.ts';
import { t } from '../../../core/l10n.ts';

/** How long a hover waits. */
const patienceMs = 3_000;

/** What is asked for a tooltip; given up, and cancelled, when it takes too long. */
export async function inTime<T>(
  clock: Clock,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const flight = new AbortController();
  const both = AbortSignal.any([signal, flight.signal]);
  const tooLate = async (): Promise<never> => {
    await sleep(clock, patienceMs, both);
    throw new Error(t('the server takes too long'));
  };
  try {
    return await Promise.race([ask(both), tooLate()]);
  } finally {
    flight.abort();
  }
}
