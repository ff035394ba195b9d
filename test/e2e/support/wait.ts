import { setTimeout as wait } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

/** How long may take what a test waits for, in milliseconds: generous, since the machine may be busy with other tests. */
export const patience = 60_000;

/** Asks until there is an answer. @throws when there is none within the time (milliseconds); says what was waited for. */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  timeout = patience,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms for ${what}`);
    await wait(100);
  }
}

/** Does it come within the time (milliseconds)? */
export function comes(wanted: Locator, timeout = 2_000): Promise<boolean> {
  return succeeds(wanted.waitFor({ timeout }));
}

/** For work whose failure is an answer, too. */
export function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
