import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import { type DemoBrowser, openDemo } from './demo-browser.ts';

describe('axe finds nothing to complain of', function () {
  this.timeout(60_000);
  let demo: DemoBrowser;

  before(async () => {
    demo = await openDemo();
  });
  after(() => demo.close());

  const pages = [
    '/chart?scene=live',
    '/chart?scene=failing',
    '/action?scene=planned',
    '/action?scene=blocked',
    '/action?scene=running',
    '/action?scene=failed',
    '/action?scene=verifying',
    '/action?scene=notRecovered',
    '/logs?scene=live',
    '/logs?scene=forbidden',
    '/logs?scene=hostile',
  ];
  for (const theme of ['dark', 'light', 'hc', 'hc-light']) {
    it(`in the theme ${theme}`, async () => {
      for (const path of pages) assert.deepEqual(await complaints(`${path}&theme=${theme}`), [], path);
    });
  }

  it('in the table', async () => {
    assert.deepEqual(await complaints('/chart?scene=gaps&theme=dark', 'Table'), []);
  });

  async function complaints(path: string, press?: string): Promise<readonly string[]> {
    const page = await demo.open(path);
    if (press !== undefined) await page.getByRole('button', { name: press }).click();
    // as a debugger does: the page's own policy would not let it in
    await page.evaluate(axe.source);
    const results = await page.evaluate<AxeResults>('axe.run(document.querySelector("main"))');
    await page.close();
    return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }
});
