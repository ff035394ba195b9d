import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { cached } from '../cache.ts';
import { step } from '../process.ts';

const run = promisify(execFile);

/** A Chromium to start: its path and what must be in its environment. */
export interface Browser {
  executablePath: string;
  env: Record<string, string>;
}

const installed: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['Google\\Chrome', 'Microsoft\\Edge'].flatMap((product) =>
    [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].map((base) =>
      path.join(base ?? '', product, 'Application', product.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe'),
    ),
  ),
  linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'].flatMap((name) =>
    (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, name)),
  ),
};

/** An installed Chrome or Chromium, else Playwright's own download, else the one from npm (Linux, x64 only). */
export async function findBrowser(): Promise<Browser> {
  const known = [...(installed[process.platform] ?? []), chromium.executablePath()].find((file) => existsSync(file));
  if (known !== undefined) return { executablePath: known, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser found: install Chrome or Chromium, or run "npx playwright-core install chromium".');
  }
  const folder = await unpackChromium();
  const executablePath = path.join(folder, 'chromium');
  return { executablePath, env: await librariesFor(executablePath, path.join(folder, 'al2023', 'lib')) };
}

/** The package unpacks itself into the temporary folder of its process; ours is given a folder of the cache for that. */
async function unpackChromium(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest = await readFile(path.join(main, '../../../package.json'), 'utf8');
  return cached('chromium', manifest, (folder) =>
    step('Unpacking Chromium', async () => {
      const script = `import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())`;
      // on "Lambda" it unpacks the system libraries too
      const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
      await run(process.execPath, ['-e', script], { cwd: import.meta.dirname, env });
    }),
  );
}

/** The libraries that come with the package, where the system lacks some (NSS, mostly). */
async function librariesFor(executable: string, folder: string): Promise<Record<string, string>> {
  const { stdout } = await run('ldd', [executable]);
  return stdout.includes('not found') ? { LD_LIBRARY_PATH: folder } : {};
}
