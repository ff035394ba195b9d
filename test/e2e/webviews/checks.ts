import type { Page } from 'playwright-core';

interface Box {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

/** Nothing sticks out sideways. */
export function fits(page: Page): Promise<boolean> {
  return page.locator('main').evaluate((main: Box) => main.scrollWidth <= main.clientWidth + 1);
}

/** Waits for a condition; the test's own time limit ends a wait in vain. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
