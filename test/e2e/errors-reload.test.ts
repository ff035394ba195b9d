import assert from 'node:assert/strict';
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Lab } from '../lab/lab.ts';
import { ActionPage } from './support/action-page.ts';
import { Boutique, planInTree } from './support/boutique.ts';
import { startAtLab } from './support/lab.ts';
import { UserData } from './support/user-data.ts';
import { waitUntil } from './support/wait.ts';
import type { Workbench } from './support/workbench.ts';

/** What is kept, and what of it survives: the journal without a disk, the window that goes in the middle of a run. */
describe('the record of a run', function () {
  this.bail(true); // each begins where the one before ended
  let lab: Lab;
  let workbench: Workbench;
  let userData: UserData;
  let boutique: Boutique;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    userData = await UserData.make();
    const furnish = async (started: Lab) => {
      boutique = await Boutique.open(started);
      return { 'jarvis.remediation.route': 'direct' };
    };
    ({ lab, workbench } = await startAtLab({ parts: ['github'], userData: userData.folder, furnish }));
  });
  after(async () => {
    await workbench.close();
    await lab.close();
    await userData.remove();
  });

  const sentTimes = async () => (await userData.events()).filter(({ type }) => type === 'sent').length;

  it('stops before anything is written when the journal has no disk', async () => {
    await mkdir(path.dirname(userData.journal), { recursive: true });
    await writeFile(userData.journal, 'no folder can be here');
    const page = await planInTree(workbench, 'prod-seoul', 5);
    await page.confirm();
    await page.says(/failed/i);
    await page.line('run').getByText('The record of actions cannot be written to').waitFor();
    assert.equal(await boutique.maxReplicas(), 4);
    await workbench.screenshot('error-journal');
  });

  it('goes on as soon as there is a disk again', async () => {
    await rm(userData.journal);
    const title = 'Scale HPA web to at most 5 replicas';
    const page = await (await ActionPage.find(workbench, title)).planAgain(title);
    await page.confirm();
    await page.says(/verified/i);
    assert.equal(await boutique.maxReplicas(), 5);
    await workbench.runCommand('View: Close All Editors');
  });

  it('picks up a run that was being verified when the window was reloaded', async () => {
    const page = await planInTree(workbench, 'prod-seoul', 6);
    await boutique.hold(true);
    const before = await sentTimes();
    await page.confirm();
    await page.says(/verifying/i);
    await workbench.reload();
    const restored = await ActionPage.find(workbench, 'Scale HPA web to at most 6 replicas');
    await restored.says(/verifying/i);
    await boutique.hold(false);
    await restored.says(/verified/i);
    assert.equal(await boutique.maxReplicas(), 6);
    assert.equal((await sentTimes()) - before, 1);
    await workbench.runCommand('View: Close All Editors');
  });

  it('shows what another window has done, without a reload', async () => {
    await userData.repeatElsewhere('Scale HPA web to at most 6 replicas', 'Scale HPA web to at most 66 replicas');
    await workbench.treeItem(/at most 66 replicas.*verified/, workbench.section('Activity')).waitFor();
  });

  it('tries again to read a record that cannot be read, and shows the receipts before a line that was torn', async () => {
    for (const file of userData.journalFiles()) await appendFile(file, '{"seq":99,"at":17');
    const aside = `${userData.journal}-aside`;
    await rename(userData.journal, aside);
    await writeFile(userData.journal, 'no folder is here');
    await workbench.reload();
    const notice = workbench.notification(/The record of actions at .* cannot be read\./);
    await notice.waitFor();
    await workbench.treeItem(/The record of actions .* cannot be read\./, workbench.section('Activity')).waitFor();
    await rm(userData.journal);
    await rename(aside, userData.journal);
    await workbench.button('Try Again', notice).click();
    await workbench.treeItem(/at most 6 replicas.*verified/, workbench.section('Activity')).waitFor();
    await waitUntil('the log to tell of it', async () => (await userData.log()).includes('was torn by a crash'));
    assert.equal(await workbench.notification(/record/).count(), 0);
  });

  it('picks up a workflow’s run that was queued when the window was reloaded, and dispatches nothing again', async () => {
    const { github, description } = lab;
    assert.ok(github && description.github);
    await userData.set({ 'jarvis.remediation.route': 'github' }, workbench.page);
    github.control.setRunnersOnline(false);
    const planning = planInTree(workbench, 'prod-seoul', 7);
    await workbench.enter('Sign in to', description.github.token);
    const page = await planning;
    await page.confirm();
    await page.line('run').getByText('In the queue').waitFor();
    await workbench.reload();
    const restored = await ActionPage.find(workbench, 'Scale HPA web to at most 7 replicas');
    // this VS Code keeps no secrets over a reload: the run waits for the sign-in, as it does when a token expires
    await restored.line('run').getByText('You are not signed in').first().waitFor();
    await workbench.runCommand('Jarvis: Sign in to GitHub…');
    await workbench.enter('Sign in to', description.github.token);
    await restored.line('run').getByText('In the queue').waitFor();
    await workbench.screenshot('restored-run');
    assert.equal(await boutique.maxReplicas(), 6);
    github.control.setRunnersOnline(true);
    await restored.says(/verified/i, 60_000);
    assert.equal(await boutique.maxReplicas(), 7);
    const [name, headers] = [github.repository, { authorization: `Bearer ${github.token}` }];
    const answer = await fetch(`${github.apiUrl}/repos/${name}/actions/runs`, { headers });
    assert.equal(((await answer.json()) as { total_count: number }).total_count, 1);
  });
});
