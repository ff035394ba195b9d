import assert from 'node:assert/strict';
import { utimes } from 'node:fs/promises';
import type { Lab } from '../lab/lab.ts';
import { startAtLab } from './support/lab.ts';
import type { Workbench } from './support/workbench.ts';

describe('AWS credentials that expire', function () {
  this.timeout(60_000);
  this.bail(true); // each begins where the one before ended
  let lab: Lab;
  let workbench: Workbench;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    ({ lab, workbench } = await startAtLab({ parts: ['aws'] }));
    await workbench.openView('Jarvis');
    await workbench.widenSidebar(520);
    await workbench.treeItem('cluster-failed-nodes', workbench.section('Alarms')).waitFor();
  });
  after(async () => {
    await workbench.close();
    await lab.close();
  });

  it('make the alarms unknown, and never OK', async () => {
    lab.faults.expireCredentials();
    const unknown = workbench.statusBarItem('Alarms unknown');
    await unknown.waitFor();
    await unknown.hover();
    await workbench.page.locator('.monaco-hover').getByText('have expired').waitFor();
    await workbench.screenshot('state-unknown');
    assert.equal(await workbench.statusBarItem('alarms OK').count(), 0);
  });

  it('are said in the view, beside what was known before, with a way to sign in', async () => {
    const alarms = workbench.section('Alarms');
    await workbench.treeItem(/The AWS credentials of .* have expired/, alarms).waitFor();
    await workbench.treeItem(/cluster-failed-nodes/, alarms).waitFor();
  });

  it('are said before the alarms where one is chosen, with a way to sign in', async () => {
    await workbench.statusBarItem('Alarms unknown').click();
    await workbench.pick('unknown');
    const notice = workbench.notification('have expired');
    await workbench.button('Sign in to AWS', notice).waitFor();
    await workbench.screenshot('state-expired');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('are noticed to be good again by themselves after a sign-in', async () => {
    lab.faults.clear();
    const { credentialsFile } = lab.description.aws ?? assert.fail('the lab has no AWS');
    await utimes(credentialsFile, new Date(), new Date()); // what a sign-in does to its files, at least
    await workbench.statusBarItem('Alarms unknown').waitFor({ state: 'detached', timeout: 5_000 });
    const old = workbench.treeItem('have expired', workbench.section('Alarms'));
    await old.waitFor({ state: 'detached' });
  });
});
