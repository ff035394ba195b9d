import { setTimeout as wait } from 'node:timers/promises';

export interface Loop {
  /** Ends it, and waits for the turn under way. */
  stop(): Promise<void>;
}

/**
 * Does something again and again, with a pause after each turn. A failed turn is followed by the next; of failures in a
 * row only the first is told.
 */
export function startLoop(pauseMs: number, turn: () => Promise<void>, onError: (error: unknown) => void): Loop {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = () => signal.aborted;
  const run = async () => {
    let failing = false;
    while (!stopped()) {
      try {
        await turn();
        failing = false;
      } catch (error) {
        if (!failing && !stopped()) onError(error);
        failing = true;
      }
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const ended = run();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}
