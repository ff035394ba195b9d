import { setTimeout as wait } from 'node:timers/promises';

/** Asks until there is an answer. @throws when there is none within the time (milliseconds); says what was waited for. */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  timeout = 30_000,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms for ${what}`);
    await wait(100);
  }
}
