import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { JarvisError } from '../../../src/core/errors.ts';
import { failed, loading } from '../../../src/core/loadable.ts';
import { hostileNames } from '../../support/hostile.ts';
import { type ActionScene, actionScenes } from '../../support/webview-demo/action-scenes.ts';
import type { ScriptedModel } from '../../support/webview-demo/scripted-model.ts';
import { fits, until } from './checks.ts';
import { type DemoBrowser, openDemo } from './demo-browser.ts';

describe('the action page', function () {
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

  const open = async (scene: string, query = '', size?: { width: number; height: number }) => {
    page = await demo.open(`/action?scene=${scene}${query}`, size);
  };
  const model = (): ScriptedModel => {
    const last = demo.sessions.models.at(-1);
    assert.ok(last);
    return last;
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const lines = () =>
    page
      .locator('.line')
      .evaluateAll((all: { className: string }[]) => all.map((line) => line.className.split(' ')[1]));

  it('shows the plan with everything that a person confirms', async () => {
    await open('planned');
    const text = await page.locator('main').innerText();
    for (const fact of [
      'prod-seoul',
      'https://3F2A.gr7.ap-northeast-2.eks.amazonaws.com',
      'sock-shop',
      '0b6d6c9e-6c4f-4a56-9d0e-0e6f4f3f9a11',
      'spec.maxReplicas',
      'Helm sock-shop (revision 7)',
      '16 pods wanted, nodes have room for 31',
      'scale.yml @ main',
      'jv-abcdefghijkmnpqr',
      'maxReplicas back from 10 to 4',
      'CPU at most 60 %',
      'expires in 4:',
    ]) {
      assert.ok(text.includes(fact), fact);
    }
  });

  it('says what has changed since the plan was made', async () => {
    await open('outdated');
    await page.locator('.line-plan').getByText('spec.maxReplicas of front-end is 6 now, not 4.').waitFor();
    await page.locator('.line-confirm', { hasText: 'the object has changed' }).waitFor();
    assert.equal(await page.locator('.notice').count(), 1);
  });

  it('asks the host to confirm, and never has the focus on it', async () => {
    await open('planned');
    assert.equal(await page.locator(':focus').count(), 0);
    await button('Confirm…').click();
    await until(() => model().asked.length > 0);
    assert.deepEqual(model().asked, ['confirm']);
  });

  it('does not offer to confirm what is blocked', async () => {
    await open('blocked');
    await page.getByRole('alert').filter({ hasText: 'declares no input "plan_id"' }).waitFor();
    assert.equal(await button('Confirm…').count(), 0);
    assert.equal(await page.locator('button.primary').innerText(), 'Plan again');
  });

  it('carries a plan through all its states; the five lines never change places', async () => {
    await open('planned');
    const before = await lines();
    const status = page.getByRole('status');
    const steps: readonly (readonly [ActionScene, string])[] = [
      ['running', 'Running.'],
      ['verifying', 'Verifying.'],
      ['verified', 'Verified. Verified: changed, and recovered.'],
    ];
    for (const [scene, word] of steps) {
      model().show(actionScenes[scene](Date.now()));
      await status.filter({ hasText: word }).waitFor();
      assert.deepEqual(await lines(), before);
    }
  });

  it('shows jobs and steps live, and counts', async () => {
    await open('running');
    await page.locator('.step', { hasText: 'Patch the HPA' }).filter({ hasText: 'running' }).waitFor();
    const clock = page.locator('.badge .number');
    const before = await clock.innerText();
    await clock.filter({ hasNotText: before }).waitFor();
    await button('Cancel').click();
    await until(() => model().asked.includes('cancel'));
  });

  it('says that it waits, and for what', async () => {
    await open('waiting');
    await page.getByText('Waits for an approval.').waitFor();
    await page.getByText(/Rate limit: asks again at/).waitFor();
  });

  it('ticks what it sees, with the metric beneath', async () => {
    await open('verifying');
    await page.locator('.tick-met', { hasText: 'maxReplicas is 10' }).waitFor();
    await page.locator('.tick-watching', { hasText: '8 of 10 ready' }).waitFor();
    await page.locator('.live-chart canvas').waitFor();
    assert.match((await page.locator('.live-chart').getAttribute('aria-label')) ?? '', /CPU per pod/);
  });

  const outcomes: readonly (readonly [ActionScene, string, string | undefined, readonly string[]])[] = [
    ['verified', 'Verified: changed, and recovered.', undefined, ['Undo…', 'Open run']],
    ['notRecovered', 'Changed, but not recovered.', 'Open chart', ['Undo…', 'Open run']],
    ['notChanged', 'Not changed: GitHub Actions said success', 'Plan again', ['Open run', 'Open log']],
    ['failed', 'Failed.', 'Plan again', ['Open run', 'Open log']],
    ['cancelled', 'Cancelled.', 'Plan again', ['Open run']],
    ['expired', 'Expired. Nothing was written.', 'Plan again', []],
    ['outdated', 'Expired. Nothing was written.', 'Plan again', []],
  ];
  for (const [scene, words, primary, others] of outcomes) {
    it(`tells the outcome in words: ${scene}`, async () => {
      await open(scene);
      await page.locator('.line-record', { hasText: words }).waitFor();
      assert.deepEqual(await page.locator('button.primary').allInnerTexts(), primary === undefined ? [] : [primary]);
      assert.deepEqual(await page.locator('.action-buttons .secondary').allInnerTexts(), others);
    });
  }

  it('shows the failing log as text, and the record that could not be written', async () => {
    await open('failed');
    await page.locator('pre', { hasText: 'is forbidden' }).waitFor();
    await page.close();
    await open('verified');
    await page.getByRole('alert').filter({ hasText: 'No space left on the disk.' }).waitFor();
  });

  it('says why a button did not work, with the way out', async () => {
    await open('verified');
    model().failure = new JarvisError({
      code: 'remediation.changedSince',
      message: 'The HPA has been changed since.',
      remedies: [{ kind: 'openLog' }],
    });
    await button('Undo…').click();
    await page
      .getByRole('alert')
      .filter({ hasText: 'changed since' })
      .getByRole('button', { name: 'Show Log' })
      .click();
    await until(() => demo.sessions.left.length > 0);
    assert.deepEqual(demo.sessions.left.splice(0), ['remedy openLog']);
  });

  it('offers to sign in where GitHub does not know the person any more', async () => {
    for (const [scene, asked] of [
      ['signedOut', ['planAgain']],
      ['unfollowed', []],
    ] as const) {
      await open(scene);
      await page.locator('.line-run').getByRole('button', { name: 'Sign in to GitHub' }).click();
      await until(() => demo.sessions.left.length > 0);
      assert.deepEqual(demo.sessions.left.splice(0), ['remedy signInGitHub']);
      await until(() => model().asked.length === asked.length);
      assert.deepEqual(model().asked, asked);
      if (scene === 'signedOut') await page.close();
    }
  });

  it('says so when the journal knows no such plan, and not before it was read', async () => {
    await open('nothing');
    await page.getByText('The journal knows no such plan.').waitFor();
    model().read(loading);
    await page.getByText('Loading…').waitFor();
    const error = new JarvisError({ code: 'journal.unreadable', message: 'The record cannot be read.' });
    model().read(failed(loading, error, 0));
    await page.getByRole('alert').filter({ hasText: 'The record cannot be read.' }).waitFor();
    model().read({ state: 'ready', value: undefined, at: 0 });
    await page.getByText('The journal knows no such plan.').waitFor();
  });

  it('shows hostile names as text, whatever a server calls its things', async () => {
    await open('hostile');
    await page.locator('pre', { hasText: '</pre><script>' }).waitFor();
    const jobs = await page.locator('.job > .step .step-name').allTextContents();
    assert.deepEqual(jobs.slice(1), Object.values(hostileNames));
    assert.equal(await page.locator('img, main script, main a').count(), 0);
    assert.equal(await page.title(), '');
    assert.ok(await fits(page));
  });

  it('fits a narrow column in every theme', async () => {
    for (const theme of ['dark', 'light', 'hc', 'hc-light']) {
      await open('verifying', `&theme=${theme}`, { width: 340, height: 800 });
      assert.ok(await fits(page), theme);
      if (theme !== 'hc-light') await page.close();
    }
  });
});
