import type { Event } from '../../core/event.ts';

/** Calls at once and after each change of the object (or of the store's state), one call at a time, until the signal fires. */
export function eachChange(
  event: Event<ReadonlySet<string> | undefined>,
  uid: string,
  signal: AbortSignal,
  call: () => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let busy = false;
    let again = false;
    const run = async () => {
      again = busy;
      if (busy || signal.aborted) return;
      busy = true;
      await call();
      busy = false;
      if (again) start();
    };
    const start = () => void run().catch(reject);
    const listener = event((changed) => {
      if (!changed || changed.has(uid)) start();
    });
    const stop = () => {
      listener.dispose();
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    start();
  });
}
