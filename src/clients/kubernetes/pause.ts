import type { Clock } from '../../core/clock.ts';
import { DisposableStore, disposable } from '../../core/disposable.ts';
import type { Event } from '../../core/event.ts';

/** Waits, but no longer than until somebody wakes or the signal fires. Never rejects. */
export function pause(clock: Clock, ms: number, wake: Event<undefined>, signal: AbortSignal): Promise<void> {
  const ends = new DisposableStore();
  return new Promise<void>((resolve) => {
    const end = () => resolve();
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    ends.add(disposable(() => signal.removeEventListener('abort', end)));
    ends.add(clock.after(ms, end));
    ends.add(wake(end));
  }).finally(() => ends.dispose());
}
