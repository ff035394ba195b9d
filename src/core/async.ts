import type { Clock } from './clock.ts';
import { CancelledError } from './errors.ts';

/** Waits `ms` on the given clock. @throws CancelledError when the signal fires first. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new CancelledError());
      return;
    }
    const cancel = () => {
      timer.dispose();
      reject(new CancelledError());
    };
    const timer = clock.after(ms, () => {
      signal?.removeEventListener('abort', cancel);
      resolve();
    });
    signal?.addEventListener('abort', cancel, { once: true });
  });
}

/** @throws CancelledError when the signal has fired. To be called after each await of a cancellable task. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}

/** Stops waiting, not the work: that may be shared, or heed the signal late. @throws CancelledError when the signal fires */
export function unlessCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new CancelledError());
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}

/**
 * Keeps the promise, not the result, so that two callers share one flight. A failure is forgotten, so that the next
 * caller tries anew.
 */
export class SingleFlight<K, T> {
  readonly #flights = new Map<K, Promise<T>>();

  get(key: K, make: () => Promise<T>): Promise<T> {
    const known = this.#flights.get(key);
    if (known) return known;
    const flight = make();
    this.#flights.set(key, flight);
    flight.catch(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    return flight;
  }

  forget(key: K): void {
    this.#flights.delete(key);
  }

  clear(): void {
    this.#flights.clear();
  }
}

/** A value made at first use and kept; a failed make is tried again at the next use. */
export function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  const flight = new SingleFlight<'it', T>();
  return () => flight.get('it', make);
}

/**
 * Exponential back-off with full jitter: a random wait below `base * 2^attempt`, at most `cap`, at least a tenth of it.
 * Source: the "full jitter" rule of AWS's architecture notes on exponential back-off.
 */
export function backoff(attempt: number, { base = 500, cap = 30_000, random = Math.random } = {}): number {
  const ceiling = Math.min(cap, base * 2 ** Math.min(attempt, 20));
  return Math.max(ceiling / 10, random() * ceiling);
}

/** Like Promise.all over what `make` begins, so many at a time; none is begun after one has failed. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  make: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = [...items.entries()].reverse();
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) results[next[0]] = await make(next[1]);
  };
  try {
    await Promise.all(Array.from({ length: limit }, work));
  } finally {
    left.length = 0;
  }
  return results;
}
