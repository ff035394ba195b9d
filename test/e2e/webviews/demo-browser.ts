import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Bundle } from '../../../src/core/l10n.ts';
import { findBrowser } from '../../support/vscode/browser.ts';
import { type Demo, startDemo } from '../../support/webview-demo/server.ts';
import { type DemoSessions, demoSessions } from '../../support/webview-demo/sessions.ts';

/** A browser on the demo pages, and all that their host side has seen. */
export interface DemoBrowser {
  readonly demo: Demo;
  readonly sessions: DemoSessions;
  readonly context: BrowserContext;
  /** Opens a page and waits for its first drawing; whatever it throws or its policy refuses is noted in `faults`. */
  open(path: string, viewport?: { width: number; height: number }): Promise<Page>;
  readonly faults: string[];
  close(): Promise<void>;
}

export async function openDemo(bundles: Readonly<Record<string, Bundle>> = {}): Promise<DemoBrowser> {
  const sessions = demoSessions(bundles);
  const [{ executablePath, env }, demo] = await Promise.all([findBrowser(), startDemo(sessions.open)]);
  const browser: Browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...(process.env as Record<string, string>), ...env },
  });
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'Asia/Seoul' });
  const faults: string[] = [];
  return {
    demo,
    sessions,
    context,
    faults,
    async open(path, viewport = { width: 1000, height: 700 }) {
      const page = await context.newPage();
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      await page.setViewportSize(viewport);
      await page.goto(demo.url + path);
      await page.locator('main').waitFor();
      return page;
    },
    async close() {
      await browser.close();
      await demo.close();
    },
  };
}
