import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { Frame, Page } from 'playwright-core';
import { launchVSCode, type VSCode } from '../../support/vscode/launch.ts';

describe('the panels in VS Code', function () {
  this.timeout(120_000);
  let folder: string;
  let code: VSCode;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'jarvis-webviews-'));
    await mkdir(path.join(folder, 'workspace'));
    await bundleExtension(folder);
    code = await launchVSCode({ workspace: path.join(folder, 'workspace'), extensionPath: folder });
  });
  after(async () => {
    await code.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('keep their state when they are hidden and when the window is reloaded', async () => {
    const { page } = code;
    await frameWith(page, '.action-page');
    await page.getByRole('tab', { name: 'Chart: front-end-cpu' }).click();
    const chart = await frameWith(page, '.chart-page');
    await chart.getByRole('button', { name: '12 h' }).click();
    await chart.getByRole('button', { name: 'Table' }).click();
    await chart.locator('table').waitFor();

    await page.getByRole('tab', { name: 'Scale HPA' }).click();
    await frameWith(page, '.action-page');
    await page.getByRole('tab', { name: 'Chart: front-end-cpu' }).click();
    await isAsLeft(page);

    const reloaded = page.waitForEvent('domcontentloaded');
    await page.keyboard.press('F1');
    await page.locator('.quick-input-box input').fill('>Developer: Reload Window');
    await page
      .getByRole('option', { name: /Developer: Reload Window/ })
      .first()
      .click();
    await reloaded;
    await isAsLeft(page);
  });
});

async function isAsLeft(page: Page): Promise<void> {
  const chart = await frameWith(page, '.chart-page table');
  await chart.locator('button[aria-pressed=true]', { hasText: '12 h' }).waitFor();
}

/** The frame of the page that shows this; a page is two frames deep, and made anew whenever it is shown. */
async function frameWith(page: Page, selector: string): Promise<Frame> {
  for (;;) {
    for (const frame of page.frames()) {
      const found = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (found > 0) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function bundleExtension(folder: string): Promise<void> {
  const root = new URL('../../../', import.meta.url).pathname;
  const common = { absWorkingDir: root, bundle: true, loader: { '.ttf': 'file' } } as const;
  await build({
    ...common,
    entryPoints: { extension: 'test/support/webview-demo/extension.ts' },
    outdir: path.join(folder, 'dist'),
    platform: 'node',
    format: 'esm',
    splitting: true,
    external: ['vscode'],
  });
  await build({
    ...common,
    entryPoints: ['src/webviews/app/chart.tsx', 'src/webviews/app/action.tsx'],
    outdir: path.join(folder, 'dist/webviews'),
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const manifest = {
    name: 'webview-demo',
    publisher: 'test',
    version: '0.0.1',
    type: 'module',
    main: './dist/extension.js',
    engines: { vscode: '^1.134.0' },
    activationEvents: ['onStartupFinished'],
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
}
