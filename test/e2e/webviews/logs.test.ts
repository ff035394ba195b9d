import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Bundle } from '../../../src/core/l10n.ts';
import { fits, until } from './checks.ts';
import { type DemoBrowser, openDemo } from './demo-browser.ts';

describe('the page of logs', function () {
  this.timeout(60_000);
  let demo: DemoBrowser;
  let page: Page;

  before(async () => {
    const korean = await readFile(new URL('../../../l10n/bundle.l10n.ko.json', import.meta.url), 'utf8');
    demo = await openDemo({ ko: JSON.parse(korean) as Bundle });
  });
  after(() => demo.close());
  afterEach(async () => {
    await page.close();
    assert.deepEqual(demo.faults.splice(0), []);
  });

  const open = async (scene: string, more = '', viewport?: { width: number; height: number }) => {
    page = await demo.open(`/logs?scene=${scene}${more}`, viewport);
  };
  const sent = (type: string) => demo.demo.received.filter((message) => message.type === type);
  const state = () => page.locator('.logs-state');
  const rows = () => page.locator('.logs-line');
  const list = () => page.getByRole('log');
  const search = () => page.getByRole('textbox', { name: 'Text to look for' });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const counted = () => page.getByRole('search').getByRole('status');
  const number = (text: string) => Number(text.replace(/\D.*$/, ''));

  it('shows the lines of several pods as they come, in the order of their times, each with its name and colour', async () => {
    await open('live');
    await state().filter({ hasText: 'Following 3 containers' }).waitFor();
    await page.locator('.logs-sources li').nth(2).waitFor();
    await rows().filter({ hasText: 'ECONNREFUSED' }).first().waitFor();
    const last = await rows().last().innerText();
    await rows().last().filter({ hasNotText: last }).waitFor();
    const drawn = await rows().evaluateAll((all: readonly Row[]) => all.map((one) => [one.className, one.innerText]));
    assert.deepEqual([...new Set(drawn.map(([name = '']) => /source-\d/.exec(name)?.[0]))].sort(), [
      'source-0',
      'source-1',
      'source-2',
    ]);
    const times = drawn.map(([, text = '']) => /\d\d:\d\d:\d\d\.\d{3}/.exec(text)?.[0] ?? '');
    assert.deepEqual(times, [...times].sort());
    assert.ok(drawn.some(([name = '']) => name.includes('level-error')));
  });

  it('filters: text, expression, case, inverse; says what is wrong; Escape shows all', async () => {
    await open('ended');
    await rows().nth(2).waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('a');
    await counted().filter({ hasText: '2 of 3 lines' }).waitFor();
    await button('Match case').click();
    await counted().filter({ hasText: '2 of 3 lines' }).waitFor();
    await search().fill('^(INFO|ERROR)');
    await counted().filter({ hasText: '0 of 3 lines' }).waitFor();
    await page.getByText('No line matches the filter.').waitFor();
    await button('Regular expression').click();
    await counted().filter({ hasText: '2 of 3 lines' }).waitFor();
    assert.deepEqual(await page.locator('mark').allInnerTexts(), ['INFO', 'ERROR']);
    await button('Invert').click();
    await counted().filter({ hasText: '1 of 3 lines' }).waitFor();
    await search().fill('(?=x)');
    await page.getByRole('alert').filter({ hasText: 'Not a regular expression' }).waitFor();
    assert.equal(await rows().count(), 3);
    await search().press('Escape');
    await page.getByRole('alert').filter({ hasText: 'Not a regular' }).waitFor({ state: 'detached' });
    await button('Copy').click();
    await until(() => demo.sessions.left.length > 0);
    assert.match(demo.sessions.left.splice(0)[0] ?? '', /^copied 2026-\S+ INFO started\n.*late\n.*memory\n$/);
  });

  it('walks from one match to the next among all lines, by the keyboard alone', async () => {
    await open('large');
    await page.getByText('20,000 older ones were dropped').waitFor();
    await button('Only matching').press('Space');
    await search().fill('"request":11998');
    await counted()
      .filter({ hasText: /^7 found/ })
      .waitFor();
    await search().press('Enter');
    await page.locator('.logs-line.marked', { hasText: '"request":119989' }).waitFor();
    await search().press('Shift+Enter');
    await counted()
      .filter({ hasText: /^6 of 7 found/ })
      .waitFor();
  });

  it('pauses and goes on; asks for the previous run, another time, one container', async () => {
    await open('live');
    await state().filter({ hasText: 'Following' }).waitFor();
    await button('Pause').press('Enter');
    await state().filter({ hasText: 'Paused' }).waitFor();
    await button('Resume').press('Enter');
    await state().filter({ hasText: 'Following 3' }).waitFor();
    await button('Previous').press('Enter');
    await rows().filter({ hasText: 'FATAL heap out of memory' }).nth(2).waitFor();
    await page.getByRole('combobox', { name: 'From when' }).selectOption('Last hour');
    await until(() => sent('setOptions').length > 1);
    assert.deepEqual(sent('setOptions').at(-1)?.body, { previous: true, sinceSeconds: 3600 });
    assert.equal(await button('Pause').isDisabled(), true);
  });

  it('says how it is where there is nothing to see', async () => {
    for (const [scene, words] of [
      ['loading', 'Loading…'],
      ['nobody', 'front-end has no pods now. Those that come are followed.'],
      ['silent', 'Nothing was logged yet.'],
      ['silentEnd', 'Nothing was logged.'],
      ['waiting', 'Container front-end has not started yet: ImagePullBackOff'],
    ] as const) {
      await open(scene);
      await page.locator('.empty').filter({ hasText: words }).waitFor();
      await page.close();
    }
    await open('ended');
    await state().filter({ hasText: 'Ended' }).waitFor();
  });

  it('says what is forbidden, with a way out', async () => {
    await open('unknown');
    await page.getByRole('alert').filter({ hasText: 'cannot list resource "pods"' }).waitFor();
    await page.close();
    await open('forbidden');
    await page.getByRole('alert').filter({ hasText: 'pods "front-end-a1" is forbidden' }).waitFor();
    assert.equal(await page.locator('.empty').innerText(), '');
    const before = sent('remedy').length;
    await button('Try Again').click();
    await until(() => sent('remedy').length > before);
    await page.getByRole('alert').filter({ hasText: 'is forbidden' }).waitFor();
  });

  it('shows hostile lines as text that changes nothing', async () => {
    await open('hostile', '', { width: 700, height: 1600 });
    await rows().filter({ hasText: '<img src=x' }).first().waitFor();
    await rows().filter({ hasText: '… (+1040384)' }).first().waitFor();
    assert.equal(await page.locator('.logs-lines :is(img, b, script, a)').count(), 0);
    assert.equal(await page.title(), '');
    const text = await list().innerText();
    assert.doesNotMatch(text, /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
    assert.match(text, /a link +title|a link title/);
    assert.doesNotMatch(text, /evil\.example\S*\\|cm0gLXJm|owned title/);
    assert.match(text, /user\uFFFDgnp\.exe/);
    assert.ok(await fits(page));
    await button('Wrap').click();
    await rows().filter({ hasText: '… (+1040384)' }).first().waitFor();
    assert.ok(await list().evaluate((box: Box) => box.scrollWidth <= box.clientWidth + 1));
  });

  it('scrolls and filters a hundred thousand lines, and no expression stops it', async () => {
    await open('large');
    await page.getByText('The newest 100,000 lines are kept; 20,000 older ones were dropped.').waitFor();
    await rows().filter({ hasText: '"request":119998' }).waitFor();
    await list().focus();
    await page.keyboard.press('Home');
    await rows().filter({ hasText: '"request":20001' }).waitFor();
    assert.ok((await rows().count()) < 200);
    await button('To the newest line').press('Enter');
    await rows().filter({ hasText: '"request":119998' }).waitFor();
    await search().fill('ECONNREFUSED');
    await counted()
      .filter({ hasText: /^9091 of 100000 lines/ })
      .waitFor();
    await button('Regular expression').click();
    // JavaScript's own engine would try this for years
    await search().fill('(\\S+)+=$');
    await counted()
      .filter({ hasText: /^0 of 100000 lines/ })
      .waitFor();
    await page.getByText('No line matches the filter.').waitFor();
    await search().fill('request":(\\d+)\\1?');
    await page.getByRole('alert').filter({ hasText: 'invalid escape sequence' }).waitFor();
    await search().fill('request":20\\d{3}\\b');
    await until(async () => number(await counted().innerText()) > 500);
    assert.equal(await rows().first().locator('mark').count(), 1);
  });

  it('fits a narrow column, in Korean', async () => {
    await open('live', '&theme=light&lang=ko', { width: 340, height: 700 });
    await state().filter({ hasText: '컨테이너' }).waitFor();
    await rows().first().waitFor();
    assert.ok(await fits(page));
    const words = await page.locator('main').evaluate((main: Row) => main.innerText);
    for (const english of ['Pause', 'Previous', 'Copy', 'Filter', 'Only matching'])
      assert.ok(!words.includes(english), english);
  });
});

interface Row {
  readonly className: string;
  readonly innerText: string;
}
interface Box {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}
