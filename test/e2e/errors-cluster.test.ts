import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { Lab } from '../lab/lab.ts';
import { ActionPage } from './support/action-page.ts';
import { Boutique } from './support/boutique.ts';
import { startAtLab } from './support/lab.ts';
import { comes, waitUntil } from './support/wait.ts';
import type { Workbench } from './support/workbench.ts';

/** Generous: on a quiet machine it is a tenth of it. */
const withinASecond = 2_000;

/** From no kubeconfig to a good one, to a server that goes and comes, to a user who may only read. */
describe('the clusters view', function () {
  this.bail(true); // each begins where the one before ended
  let lab: Lab;
  let workbench: Workbench;
  let boutique: Boutique;
  let kubeconfig: string;
  let clusters: Locator;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    const furnish = async (started: Lab) => {
      kubeconfig = path.join(started.folder, 'config');
      boutique = await Boutique.open(started);
      return { 'jarvis.kubernetes.kubeconfig': kubeconfig, 'jarvis.remediation.route': 'direct' };
    };
    ({ lab, workbench } = await startAtLab({ parts: [], furnish }));
    clusters = workbench.section('Clusters');
    await workbench.openView('Jarvis');
    await workbench.widenSidebar(520);
  });
  after(async () => {
    await workbench.close();
    await lab.close();
  });

  const row = (label: string | RegExp) => workbench.treeItem(label, clusters);
  const addsNamespace = async (name: string) => {
    await lab.kubectl('create', 'namespace', name);
    await row(name).waitFor({ timeout: withinASecond });
  };

  it('welcomes where there is no kubeconfig, and leads on', async () => {
    await clusters.getByText('None was found.').waitFor();
    await clusters.getByRole('button', { name: 'Get Started' }).waitFor();
    await workbench.screenshot('state-empty');
    await clusters.getByRole('button', { name: 'Choose a kubeconfig' }).click();
    // this window is a remote one, where the user's own page shows no settings of the machine
    await workbench.page.locator('.settings-editor .setting-item-label', { hasText: 'Kubeconfig' }).waitFor();
    await workbench.page.getByRole('button', { name: 'Close Modal Editor' }).click();
  });

  it('says what is wrong with a broken kubeconfig, and opens it', async () => {
    await writeFile(kubeconfig, 'clusters: [');
    const error = row(/The kubeconfig .* cannot be read.*Open File/);
    await error.waitFor();
    await workbench.screenshot('state-broken');
    await error.click();
    await workbench.editorTab('config').waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  it('keeps the way out in sight where the row is cut off, for the mouse and the keyboard', async () => {
    await workbench.widenSidebar(230);
    await workbench.inlineAction(row(/The kubeconfig .* cannot be read/), 'Solve');
    await workbench.editorTab('config').waitFor();
    await workbench.screenshot('state-narrow');
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Jarvis: Focus on Clusters View');
    await clusters.locator('.monaco-list:focus').waitFor();
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press('Enter');
    await workbench.editorTab('config').waitFor();
    await workbench.runCommand('View: Close All Editors');
    await workbench.widenSidebar(520);
  });

  it('is well by itself when the kubeconfig is', async () => {
    await copyFile(lab.description.kubeconfig, kubeconfig);
    await workbench.expand(row(/^prod-seoul.*current/));
    await row('boutique').waitFor();
  });

  it('shows a change on the server within a second', () => addsNamespace('apples'));

  it('says since when and why it is not up to date, and is alive again by itself', async () => {
    await lab.faults.apiserver.kill();
    const stale = row(/Not up to date since .*prod-seoul/);
    await stale.waitFor();
    await row('boutique').waitFor();
    await workbench.screenshot('state-stale');
    await lab.faults.apiserver.start();
    await stale.waitFor({ state: 'detached' });
    await addsNamespace('bananas');
  });

  it('says what a user who may only read may not', async () => {
    await copyFile(lab.description.viewerKubeconfig, kubeconfig);
    await workbench.expand(row('boutique'));
    await workbench.expand(row('Helm Releases'));
    const refusal = row(/does not allow this: secrets is forbidden/);
    await waitUntil('the viewer to be refused', async () => {
      // what is watched already is watched as somebody else until its connection ends
      lab.faults.kubernetes.cutConnections();
      return comes(refusal, 5_000);
    });
    await workbench.screenshot('state-forbidden');
  });

  it('offers them no write in the tree', async () => {
    const groups = [
      ['HPAs', /^web.*1 replica /],
      ['Workloads', /^web.*ready/],
    ] as const;
    for (const [group, one] of groups) {
      // what somebody else may see is still being drawn, and a row that is drawn anew just then is closed again
      await waitUntil(`${one.source} to be seen`, async () => {
        await workbench.expand(row(group));
        return comes(row(one));
      });
      await waitUntil(`${one.source} to be offered without a write`, async () => {
        const entries = await workbench.contextMenuEntries(row(one));
        assert.ok(entries.includes('Describe…'), entries.join());
        return !entries.includes('Scale HPA…');
      });
    }
  });

  it('refuses their plan from the palette', async () => {
    await workbench.runCommand('Jarvis: Scale HPA…');
    await workbench.page.locator('.quick-input-title').filter({ hasText: 'Which HPA?' }).waitFor();
    await workbench.pick('boutique');
    await workbench.enter('Scale HPA web in boutique', '6');
    const page = await ActionPage.find(workbench, 'Scale HPA web to at most 6 replicas');
    await page.frame.getByText('You may not change').first().waitFor();
    await workbench.screenshot('state-refused');
    assert.equal(await page.button('Confirm…').count(), 0);
    assert.equal(await boutique.maxReplicas(), 4);
  });
});
