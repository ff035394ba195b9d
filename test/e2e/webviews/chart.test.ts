import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { hostileNames } from '../../support/hostile.ts';
import { hostileName } from '../../support/webview-demo/chart-scenes.ts';
import { fits, until } from './checks.ts';
import { type DemoBrowser, openDemo } from './demo-browser.ts';

describe('the chart page', function () {
  this.timeout(60_000);
  let demo: DemoBrowser;
  let page: Page;

  before(async () => {
    demo = await openDemo();
  });
  after(() => demo.close());
  afterEach(async () => {
    await page.close();
    assert.deepEqual(demo.faults.splice(0), []);
  });

  const sent = (type: string) => demo.demo.received.filter((message) => message.type === type);
  const plot = () => page.locator('.plot-box');
  const canvas = async () => {
    const box = await page.locator('.u-over').boundingBox();
    assert.ok(box);
    return box;
  };

  it('draws the metric and says it in words', async () => {
    page = await demo.open('/chart?scene=live');
    const words = (await plot().getAttribute('aria-label')) ?? '';
    assert.match(words, /CPU per pod: .* %/);
    assert.match(words, /In ALARM from/);
    assert.equal(await page.locator('.legend-line').count(), 4);
  });

  it('shows values with units and local time under the cursor', async () => {
    page = await demo.open('/chart?scene=live');
    const box = await canvas();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 50);
    const time = page.locator('.legend-time');
    await time
      .filter({ hasText: '2026' })
      .or(time.filter({ hasText: ':' }))
      .waitFor();
    assert.match(await page.locator('.legend-line').first().innerText(), /9\d(\.\d)? %/);
  });

  it('zooms by drag; Escape resets', async () => {
    page = await demo.open('/chart?scene=live');
    const box = await canvas();
    await page.mouse.move(box.x + box.width * 0.3, box.y + 80);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 80, { steps: 5 });
    await page.mouse.up();
    const reset = page.getByRole('button', { name: 'Reset zoom' });
    await reset.waitFor();
    await plot().focus();
    await page.keyboard.press('Escape');
    await reset.waitFor({ state: 'detached' });
  });

  it('is walked by the arrow keys', async () => {
    page = await demo.open('/chart?scene=live');
    await plot().focus();
    await page.keyboard.press('Home');
    const time = page.locator('.legend-time');
    await time.filter({ hasNotText: 'Latest' }).waitFor();
    const first = await time.innerText();
    await page.keyboard.press('ArrowRight');
    await time.filter({ hasNotText: first }).waitFor();
  });

  it('asks for another range, and remembers its look across a reload', async () => {
    page = await demo.open('/chart?scene=live');
    await page.getByRole('button', { name: '1 d', exact: true }).click();
    await page.locator('button[aria-pressed=true]', { hasText: '1 d' }).waitFor();
    assert.deepEqual(sent('setRange').at(-1)?.body, { range: { last: 86_400 } });
    await page.getByRole('button', { name: 'Table' }).click();
    await page.reload();
    await page.locator('table').waitFor();
  });

  it('says what is wrong with a custom range where it is typed', async () => {
    page = await demo.open('/chart?scene=live');
    const before = sent('setRange').length;
    await page.getByRole('button', { name: 'Custom' }).click();
    await page.getByLabel('From', { exact: true }).fill('2026-01-02T10:00');
    await page.getByLabel('To', { exact: true }).fill('2026-01-01T10:00');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('alert').filter({ hasText: 'must come before' }).waitFor();
    assert.equal(sent('setRange').length, before);
    await page.getByLabel('From', { exact: true }).fill('2025-12-31T10:00');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('As of').waitFor();
  });

  it('draws and tabulates 100,000 points without stopping', async () => {
    page = await demo.open('/chart?scene=large');
    await page.locator('canvas').waitFor();
    const box = await canvas();
    const began = Date.now();
    for (let step = 0; step < 40; step++) await page.mouse.move(box.x + (box.width * step) / 40, box.y + 60);
    const perMove = (Date.now() - began) / 40;
    assert.ok(perMove < 100, `${perMove} ms for a move of the cursor`);
    await page.getByRole('button', { name: 'Table' }).click();
    const table = page.locator('table');
    await table.waitFor();
    assert.ok(Number(await table.getAttribute('aria-rowcount')) > 100_000);
    assert.ok((await page.locator('tbody tr').count()) < 200);
    await page.locator('.table-box').evaluate((box: Scrolled) => box.scrollTo(0, box.scrollHeight));
    await page.locator('tr[aria-rowindex="100002"]').waitFor();
  });

  it('sends the picture and the data out through the host', async () => {
    page = await demo.open('/chart?scene=live');
    const { left } = demo.sessions;
    await page.getByRole('button', { name: 'PNG' }).click();
    await page.getByRole('button', { name: 'CSV' }).click();
    await page.getByRole('button', { name: 'Open in Grafana' }).click();
    await page.getByRole('button', { name: 'Scale HPA 4 → 10' }).click();
    await until(() => left.length >= 4);
    assert.deepEqual([...left.splice(0)].sort(), [
      'action jv-abcdefghijkmnpqr',
      'csv front-end: pod_cpu_utilization_over_pod_limit',
      'png PNG',
      'url https://grafana.example/d/pods',
    ]);
  });

  it('says that there are no data points, that it loads, and what failed with the ways out', async () => {
    page = await demo.open('/chart?scene=empty');
    await page.getByText('No data points in this range.').waitFor();
    await page.close();
    page = await demo.open('/chart?scene=loading');
    await page.getByText('Loading…').waitFor();
    await page.close();
    page = await demo.open('/chart?scene=failing');
    await page.getByRole('alert').filter({ hasText: 'have expired' }).waitFor();
    await page.getByRole('button', { name: 'Sign in to AWS' }).click();
    await until(() => demo.sessions.left.length > 0);
    assert.deepEqual(demo.sessions.left.splice(0), ['remedy signInAws']);
  });

  it('shows hostile names as text', async () => {
    page = await demo.open('/chart?scene=hostile');
    await page.locator('h1', { hasText: '<img src=x' }).waitFor();
    assert.equal(await page.locator('img, main script').count(), 0);
    assert.equal(await page.title(), '');
    const labels = await page.locator('.legend-label').allTextContents();
    assert.deepEqual(labels, [hostileName, ...Object.values(hostileNames)]);
    await page.getByRole('button', { name: 'Table' }).click();
    await page.locator('table').waitFor();
    assert.equal(await page.locator('img, main script').count(), 0);
    assert.ok(await fits(page));
  });

  it('fits a narrow column', async () => {
    page = await demo.open('/chart?scene=gaps&theme=light', { width: 360, height: 800 });
    await page.locator('canvas').waitFor();
    assert.ok(await fits(page));
  });

  it('is drawn anew when the theme changes', async () => {
    page = await demo.open('/chart?scene=live&theme=dark');
    const picture = () => page.locator('canvas').evaluate((element) => (element as unknown as Canvas).toDataURL());
    const dark = await picture();
    await page.evaluate(() => {
      const { style } = (globalThis as unknown as { document: { documentElement: Styled } }).document.documentElement;
      style.setProperty('--vscode-charts-blue', 'rgb(255, 0, 255)');
    });
    await until(async () => (await picture()) !== dark);
  });
});

interface Canvas {
  toDataURL(): string;
}
interface Scrolled {
  readonly scrollHeight: number;
  scrollTo(left: number, top: number): void;
}
interface Styled {
  readonly style: { setProperty(name: string, value: string): void };
}
