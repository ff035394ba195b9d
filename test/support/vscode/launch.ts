import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Page, chromium } from 'playwright-core';
import { findBrowser } from './browser.ts';
import { koreanFonts } from './fonts.ts';
import { type Server, startServer } from './server.ts';

export interface LaunchOptions {
  /** The folder to open. */
  workspace: string;
  /** The extension's folder. */
  extensionPath: string;
  settings?: Record<string, unknown>;
  /** Settings, state and secrets; kept when given, so that a later launch finds them. Else a temporary folder. */
  userData?: string;
  /** Reaches the extension host (KUBECONFIG, AWS_*). */
  env?: Record<string, string | undefined>;
  locale?: 'en' | 'ko';
  size?: { width: number; height: number };
  /** The compiled test module whose `run()` the extension host calls. */
  extensionTestsPath?: string;
  /** Prepares the page before VS Code is loaded. */
  prepare?: (page: Page) => Promise<void>;
}

/** VS Code in a browser of its own. `close` ends the browser, the server and the extension host. */
export interface VSCode {
  page: Page;
  url: string;
  close(): Promise<void>;
}

/** Starts the real VS Code with the extension installed, or in development mode for tests inside it; resolves when the page has been asked for. */
export async function launchVSCode(options: LaunchOptions): Promise<VSCode> {
  const cleanUps: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    const userData = options.userData ?? (await temporaryFolder(cleanUps));
    const forTests = options.extensionTestsPath !== undefined;
    const server = await startServer({
      userData,
      settings: options.settings ?? {},
      env: options.env ?? {},
      ...(forTests ? { forTests } : { installed: options.extensionPath }),
    });
    cleanUps.push(() => server.close());
    const page = await openBrowser(server, options, cleanUps);
    const url = addressOf(server, options);
    await page.goto(url);
    return { page, url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function temporaryFolder(cleanUps: (() => Promise<void>)[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-vscode-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function openBrowser(server: Server, options: LaunchOptions, cleanUps: (() => Promise<void>)[]): Promise<Page> {
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--font-render-hinting=none'],
    env: definedOnly({ ...process.env, ...env, ...(await koreanFonts(server.modules)) }),
  });
  cleanUps.push(() => browser.close());
  const page = await browser.newPage({
    locale: options.locale === 'ko' ? 'ko-KR' : 'en-US',
    viewport: options.size ?? { width: 1280, height: 800 },
  });
  if (options.locale === 'ko') await page.addInitScript(speakKorean);
  await options.prepare?.(page);
  return page;
}

/** VS Code's own Korean texts are a marketplace extension; this only tells it, and so the extensions, the language. */
const speakKorean = `Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => 'ko', set: () => undefined });`;

/** What to open in a browser to have the folder and, where given, the tests in the server's VS Code. */
export function addressOf({ authority }: Server, options: LaunchOptions): string {
  const query = new URLSearchParams({ folder: options.workspace });
  if (options.extensionTestsPath !== undefined) {
    const remote = (file: string) => `vscode-remote://${authority}${file}`;
    const payload = [
      ['skipWelcome', 'true'],
      ['extensionDevelopmentPath', remote(options.extensionPath)],
      ['extensionTestsPath', remote(options.extensionTestsPath)],
    ];
    query.set('payload', JSON.stringify(payload));
  }
  return `http://${authority}/?${query.toString()}`;
}

function definedOnly(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
