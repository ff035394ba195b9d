import { setTimeout as wait } from 'node:timers/promises';

export interface Loop {
  /** Ends it, and waits for the turn under way. */
  stop(): Promise<void>;
}

/** Does something again and again, with a pause after each turn; a failed turn is told and followed by the next. */
export function startLoop(pauseMs: number, turn: () => Promise<void>, onError: (error: unknown) => void): Loop {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      await turn().catch((error: unknown) => {
        if (!stopping.signal.aborted) onError(error);
      });
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
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
