import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Lab } from '../lab/lab.ts';
import { ActionPage } from './support/action-page.ts';
import { startAtLab } from './support/lab.ts';
import { TeamRepository, setUpStory } from './support/set-up-story.ts';
import type { Workbench } from './support/workbench.ts';

const alarmName = 'sock-shop-front-end-cpu';
/** Its row, and not the one of an alarm that only mentions it. */
const alarmRow = /^sock-shop-front-end-cpu(?!-)/;
const minutes = 60_000;

/** The product's first story, as the engineer on call lives it. Each step is a test; the README has its pictures. */
describe('from alarm to recovery', function () {
  this.timeout(5 * minutes);
  this.bail(true);
  let lab: Lab;
  let repository: TeamRepository;
  let workbench: Workbench;
  let alarms: Locator;
  let clusters: Locator;

  before(async function () {
    this.timeout(30 * minutes); // the first start of a machine builds the lab
    repository = await TeamRepository.make();
    const size = { width: 1440, height: 900 };
    ({ lab, workbench } = await startAtLab({ size, workspace: repository.folder }));
    alarms = workbench.section('Alarms');
    clusters = workbench.section('Clusters');
  });
  after(async () => {
    await workbench.close();
    await lab.close();
    await repository.remove();
  });

  const maxReplicas = async () =>
    Number(await lab.kubectl('get', 'hpa', 'front-end', '-n', 'sock-shop', '-o', 'jsonpath={.spec.maxReplicas}'));

  it('is quiet at first', async () => {
    await workbench.openView('Jarvis');
    await workbench.widenSidebar(440);
    await workbench.treeItem(alarmRow, alarms).waitFor();
    await workbench.screenshot('01-quiet');
  });

  it('rings: the status bar and a notice tell of the alarm', async () => {
    await lab.stress(true);
    await workbench.notification(alarmName).waitFor({ timeout: 3 * minutes });
    await workbench.statusBarItem(/in alarm/).waitFor();
    await workbench.screenshot('02-alarm');
    await workbench.button('Show', workbench.notification(alarmName)).click();
  });

  it('shows the alarm first in the tree, with its reason', async () => {
    const first = alarms.getByRole('treeitem').filter({ hasText: 'sock-shop' }).first();
    await first.waitFor();
    assert.match((await first.textContent()) ?? '', /sock-shop-(front-end-cpu|customers-affected)/);
    await workbench.expand(workbench.treeItem(alarmRow, alarms));
    await workbench.screenshot('03-alarms');
  });

  it('shows the chart with its threshold and the alarm’s states', async () => {
    await workbench.inlineAction(workbench.treeItem(alarmRow, alarms), 'Open Chart');
    const chart = await workbench.webviewFrame(`Chart: ${alarmName}`);
    await chart.getByRole('button', { name: '1 h', exact: true }).click();
    await chart.locator('canvas').first().waitFor();
    await workbench.screenshot('04-chart');
  });

  it('shows the HPA stuck at its maximum', async () => {
    for (const label of ['prod-seoul', 'sock-shop', 'HPAs'])
      await workbench.expand(workbench.treeItem(label, clusters));
    await workbench.treeItem(/front-end.*at max/, clusters).waitFor({ timeout: 2 * minutes });
    await workbench.screenshot('05-hpa-at-max');
  });

  it('plans the remedy after asking for the number and the sign-in', async () => {
    await workbench.contextMenu(workbench.treeItem(/front-end.*at max/, clusters), 'Scale HPA…');
    await workbench.enter('Scale HPA front-end', '20');
    await workbench.enter('Sign in to', lab.description.github?.token ?? assert.fail('the lab has no GitHub'));
    const page = await ActionPage.find(workbench, 'Scale HPA front-end to at most 20 replicas');
    await page.says(/planned/i);
    await page.line('plan').getByText('From a dry-run of the API server.').waitFor();
    await workbench.notification('Jarvis is making the plan').waitFor({ state: 'hidden' });
    await workbench.screenshot('06-plan');
    assert.equal(await maxReplicas(), 4, 'a plan writes nothing');
  });

  it('runs the workflow after the modal, and the replicas rise', async () => {
    const page = await ActionPage.find(workbench, 'Scale HPA front-end to at most 20 replicas');
    await page.confirm(async (modal) => {
      const text = (await modal.textContent()) ?? '';
      for (const fact of ['front-end', 'sock-shop', 'prod-seoul', 'from 4 to 20']) assert.ok(text.includes(fact), fact);
      await workbench.screenshot('07-confirm');
    });
    await page.says(/running/i);
    await page
      .line('run')
      .getByText(/success|running/)
      .first()
      .waitFor();
    await workbench.screenshot('08-running');
    await page.says(/verifying/i, 2 * minutes);
    assert.equal(await maxReplicas(), 20);
    await page
      .tick(/replicas ready/)
      .locator('text=seen')
      .waitFor({ timeout: 2 * minutes });
    await workbench.screenshot('09-verifying');
  });

  it('verifies that the alarm is OK, and keeps the receipt', async () => {
    const page = await ActionPage.find(workbench, 'Scale HPA front-end to at most 20 replicas');
    await page.says(/verified/i, 4 * minutes);
    await workbench.statusBarItem(/in alarm/).waitFor({ state: 'hidden' });
    await workbench.screenshot('10-verified');
  });

  it('undoes it as a plan of its own', async () => {
    const done = await ActionPage.find(workbench, 'Scale HPA front-end to at most 20 replicas');
    await lab.stress(false);
    await done.press('Undo…');
    const page = await ActionPage.find(workbench, 'Scale HPA front-end to at most 4 replicas');
    await page.confirm();
    await page.says(/verified/i, 2 * minutes);
    assert.equal(await maxReplicas(), 4);
    await workbench.screenshot('11-undone');
  });

  describe('and of a licence that was rotated', () => {
    const title = 'Restart Deployment catalogue';
    const older = /catalogue.* older than the Secret that .*: database-credentials/;

    it('says which pods are older than the Secret that they read', async () => {
      await lab.kubectl(
        'patch',
        'secret',
        'database-credentials',
        '-n',
        'sock-shop',
        '-p',
        '{"stringData":{"password":"new"}}',
      );
      await workbench.expand(workbench.treeItem('Needs Attention', clusters));
      await workbench.treeItem(older, clusters).waitFor();
    });

    it('plans the restart, with the reason', async () => {
      await workbench.contextMenu(workbench.treeItem(older, clusters), 'Restart Rollout…');
      const page = await ActionPage.find(workbench, title);
      await page
        .line('plan')
        .getByText(/older than the Secret database-credentials/)
        .waitFor();
      for (const told of ['Jarvis is making the plan', 'OK again'])
        await workbench.notification(told).waitFor({ state: 'hidden' });
      await workbench.screenshot('restart-1-plan');
    });

    it('restarts it through the workflow, until the reason is gone', async () => {
      const page = await ActionPage.find(workbench, title);
      await page.confirm();
      await page.says(/verified/i, 2 * minutes);
      await page
        .tick(/New pods are available/)
        .locator('text=seen')
        .waitFor();
      await page
        .tick(/What spoke for the restart is gone/)
        .locator('text=seen')
        .waitFor();
      await workbench.treeItem(older, clusters).waitFor({ state: 'detached' });
      await workbench.screenshot('restart-2-verified');
    });
  });

  describe('and of a team that gets what it needs', () => {
    setUpStory(() => ({ lab, workbench, repository }));
  });
});
