import { setTimeout as wait } from 'node:timers/promises';

export interface UntilOptions {
  readonly seconds?: number;
  readonly everyMs?: number;
  /** Ends the waiting with what it resolves to, as an error: a server that died need not be waited for. */
  readonly unless?: Promise<string>;
}

/**
 * Asks until the answer is neither undefined nor false; an error counts as "not yet".
 * @throws Error naming what was waited for, with the last error as its cause.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  { seconds = 60, everyMs = 100, unless }: UntilOptions = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let died: string | undefined;
  void unless?.then((why) => (died = why));
  let cause: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      cause = error;
    }
    if (died !== undefined) throw new Error(`${what}: the server ended: ${died}`);
    await wait(everyMs);
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`, { cause });
}
