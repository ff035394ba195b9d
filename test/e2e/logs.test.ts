import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import type { Lab } from '../lab/lab.ts';
import { startAtLab } from './support/lab.ts';
import { waitUntil } from './support/wait.ts';
import type { Workbench } from './support/workbench.ts';

describe('the logs of a workload', function () {
  this.bail(true); // each begins where the one before ended
  let lab: Lab;
  let workbench: Workbench;
  let clusters: Locator;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    ({ lab, workbench } = await startAtLab({ parts: ['workloads'] }));
    clusters = workbench.section('Clusters');
    await workbench.openView('Jarvis');
    for (const other of ['Alarms', 'Activity']) await workbench.fold(workbench.section(other));
  });
  after(async () => {
    await workbench.close();
    await lab.close();
  });

  /** The page may be made anew at any time. */
  const page = () => workbench.webviewFrame('Logs: front-end');
  const shows = (what: string, find: (frame: Frame) => Locator) =>
    waitUntil(what, async () => {
      const [first] = await find(await page()).all();
      return first?.isVisible().catch(() => false);
    });
  const line = (text: string) => (frame: Frame) => frame.locator('.logs-line', { hasText: text });
  const press = async (name: string) => (await page()).getByRole('button', { name, exact: true }).click();
  /** What each line in view says, with the pod that says it. */
  const lines = async () =>
    (await page())
      .locator('.logs-line')
      .evaluateAll((all: readonly Row[]) =>
        all.map(
          (row) =>
            `${row.querySelector('.logs-who')?.innerText ?? ''}${row.querySelector('.logs-text')?.innerText ?? ''}`,
        ),
      );

  it('open from its row, with the lines of all its pods as they come', async () => {
    for (const label of [/^prod-seoul/, 'sock-shop', 'Workloads'])
      await workbench.expand(workbench.treeItem(label, clusters));
    const row = workbench.treeItem(/^front-end(?!-).*ready/, clusters);
    await row.waitFor();
    await workbench.inlineAction(row, 'Logs…');
    await shows('both pods', (frame) => frame.getByText('Following 2 containers'));
    await shows('a line', line('GET /catalogue'));
    // the page holds no more than what is in view: what comes takes the place of what was there
    const before = new Set(await lines());
    await waitUntil('more lines of both', async () => {
      const more = (await lines()).filter((text) => !before.has(text));
      return more.length > 3 && new Set(more.map((text) => text.split(/\s/)[0])).size === 2;
    });
  });

  it('are filtered and marked, with what is grave in its colour', async () => {
    await (await page()).getByRole('textbox', { name: 'Text to look for' }).fill('ECONN');
    await shows('an error', (frame) => frame.locator('.logs-line.level-error mark'));
    assert.ok((await lines()).every((text) => text.includes('ECONNREFUSED')));
    await (await page()).getByRole('textbox', { name: 'Text to look for' }).fill('');
    await shows('all lines', line('GET /catalogue'));
    await workbench.screenshot('logs');
  });

  it('go on where they were after another editor hid them, each line once', async () => {
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.editorTab('Untitled-1').waitFor();
    const newest = (await requests(lab)).at(-1) ?? 0;
    const unseen = await waitUntil('more to be said meanwhile', async () => {
      const more = (await requests(lab)).filter((number) => number > newest);
      return more.length > 2 && more[1];
    });
    await workbench.editorTab('Logs: front-end').click();
    await shows('what was said meanwhile', line(`"request":${unseen}}`));
    const said = (await lines()).filter((text) => text.includes('"request"'));
    assert.equal(new Set(said).size, said.length);
  });

  it('pause, and show what the run before said last', async () => {
    await press('Pause');
    await shows('the pause', (frame) => frame.getByText('Paused', { exact: true }).first());
    await press('Previous');
    await shows('the last words', line('heap out of memory'));
    assert.ok((await lines()).every((text) => !text.includes('GET /catalogue')));
  });
});

/** The numbers that front-end's pods have said so far. */
async function requests(lab: Lab): Promise<readonly number[]> {
  const text = await lab.kubectl('-n', 'sock-shop', 'logs', 'deploy/front-end', '--tail=30');
  return [...text.matchAll(/"request":(\d+)/g)].map(([, number]) => Number(number));
}

interface Row {
  querySelector(selector: string): { readonly innerText: string } | null;
}
