import { CancelledError } from './errors.ts';
import type { Event } from './event.ts';
import { errorOf, type Loadable, valueOf } from './loadable.ts';

/** Waits until there is a value, fresh or stale. @throws JarvisError what it failed with, CancelledError */
export function whenKnown<T>(read: () => Loadable<T>, onDidChange: Event<unknown>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = (end: () => void) => {
      listener.dispose();
      signal.removeEventListener('abort', cancel);
      end();
    };
    const cancel = () => done(() => reject(new CancelledError()));
    const look = () => {
      const value = valueOf(read());
      const error = errorOf(read());
      if (value !== undefined) done(() => resolve(value));
      else if (error) done(() => reject(error));
    };
    const listener = onDidChange(look);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    else look();
  });
}
