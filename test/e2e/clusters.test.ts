import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { parse, stringify } from 'yaml';
import type { Lab } from '../lab/lab.ts';
import { fillArchive, fillCellar } from './support/cellar.ts';
import { startAtLab } from './support/lab.ts';
import { waitUntil } from './support/wait.ts';
import type { Workbench } from './support/workbench.ts';

/** Through all that the view shows, its options over a reload of the window, its states, and once more as a reader. */
describe('the clusters view shows', function () {
  this.bail(true); // each begins where the one before ended
  let lab: Lab;
  let workbench: Workbench;
  let clusters: Locator;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    const furnish = async (started: Lab) => {
      // what began a moment ago is no trouble yet: the server's clock is ahead of its history
      started.faults.kubernetes.add({ kind: 'skew', ms: 25 * 60_000 });
      await Promise.all([started.stress(true), fillCellar(started), fillArchive(started, 520)]);
      return {
        'jarvis.kubernetes.kubeconfig': await twoContexts(started),
        'jarvis.remediation.route': 'direct',
      };
    };
    ({ lab, workbench } = await startAtLab({ parts: ['workloads'], furnish }));
    clusters = workbench.section('Clusters');
    await workbench.openView('Jarvis');
    await workbench.widenSidebar(640);
    for (const other of ['Alarms', 'Activity']) await workbench.fold(workbench.section(other));
  });
  after(async () => {
    await workbench.close();
    await lab.close();
  });

  const row = (label: string | RegExp) => workbench.treeItem(label, clusters);
  const seen = (label: string | RegExp) => row(label).waitFor();
  const gone = (label: string | RegExp) => row(label).waitFor({ state: 'detached' });
  /** The sentence above the tree. */
  const message = (text: string) => clusters.locator('.message').filter({ hasText: text });
  const opened = async (...labels: readonly (string | RegExp)[]) => {
    for (const label of labels) await workbench.expand(row(label));
  };
  /** The labels of the rows of a level. */
  const labels = (level: number) =>
    clusters.locator(`[role=treeitem][aria-level="${level}"] .label-name`).allInnerTexts();

  it('nodes, sets, jobs and storage', async () => {
    await opened(/^prod-seoul/, 'Nodes');
    await seen(/^ip-10-0-1-11.*\/58 pods.*m5\.xlarge · ap-northeast-2a/);
    await opened('cellar', 'Workloads');
    await seen(/^casks.*0\/1 ready · StatefulSet/);
    await seen(/^thermometer.*DaemonSet.*sha256:4bf5122/);
    await seen(/^stocktaking.*CronJob · suspended/);
    await opened('Storage');
    await seen(/^data-casks-0.*Pending · 2Gi · cool-and-dark/);
  });

  it('the events of an object when the pointer rests on it', async () => {
    await workbench.hover(row(/^casks/), 'SuccessfulCreate');
    await workbench.screenshot('clusters-tooltip', { pointer: 'stays' });
    await workbench.page.mouse.move(800, 10);
  });

  it('what a filter asks for, which is said and cleared', async () => {
    await workbench.runCommand('Jarvis: Filter Clusters by Name…');
    await workbench.enter('Filter Clusters by Name', 'cask');
    await message('Filter: "cask"').waitFor();
    await gone(/^sock-shop/);
    await gone(/^thermometer/);
    await seen(/^casks/);
    await workbench.runCommand('Jarvis: Filter Clusters by Labels…');
    await workbench.enter('Filter Clusters by Labels', 'tier=web');
    await seen('Nothing matches the filter');
    await row('Nothing matches the filter').click();
    await seen(/^sock-shop/);
    await seen(/^thermometer/);
  });

  it('only problems where that is asked for', async () => {
    await workbench.runCommand('Jarvis: Show Only Problems');
    await gone(/^default/);
    await gone(/^thermometer/);
    await seen(/^casks/);
    await workbench.runCommand('Jarvis: Clear Cluster Filter');
    await seen(/^default/);
  });

  it("what is pinned first, without what is the system's, over a reload too", async () => {
    await workbench.collapse(row('Nodes'));
    await workbench.collapse(row('cellar'));
    await workbench.contextMenu(row(/^sock-shop/), 'Pin Namespace');
    await workbench.runCommand('Jarvis: Hide System Namespaces');
    const isArranged = async () => {
      const [, , first, ...others] = await labels(2);
      return (
        first === 'sock-shop' &&
        !others.includes('kube-system') &&
        others.some((one) => one.includes('hidden namespaces'))
      );
    };
    await waitUntil('sock-shop to come first', isArranged);
    await workbench.reload();
    await workbench.openView('Jarvis');
    await opened(/^prod-seoul/);
    await waitUntil('sock-shop to come first again', isArranged);
    await row('hidden namespaces').click();
    await seen('kube-system');
  });

  it('what belongs to a Helm release under it where that is asked for', async () => {
    await workbench.runCommand('Jarvis: Group by Helm Release');
    await opened(/^payments/);
    await seen(/^ledger-reports.*failed/);
    await seen('No release');
    await opened(/^ledger-settlement/, 'Workloads');
    await seen(/^ledger-settlement.*1\/1 ready/);
    assert.deepEqual((await labels(3)).slice(0, 4), ['ledger', 'ledger-reports', 'ledger-settlement', 'No release']);
    await workbench.runCommand('Jarvis: Group by Namespace');
    await workbench.collapse(row(/^payments/));
  });

  it('the first 500 of a long list, a way to more, and a filter', async () => {
    await opened('zz-archive', 'Configuration');
    await seen(/^ledger-001/);
    await workbench.page.keyboard.press('End');
    await seen('21 more…');
    await workbench.screenshot('clusters-huge');
    await row('Filter…').click();
    await workbench.enter('Filter Clusters by Name', 'ledger-517');
    await seen(/^ledger-517.*ConfigMap/);
    await workbench.runCommand('Jarvis: Clear Cluster Filter');
    await seen(/^ledger-001/);
    await workbench.collapse(row('zz-archive'));
  });

  it('what needs attention, a sentence each', async () => {
    await opened('Needs Attention');
    await seen(/^press restarts again and again: exit code 1.*7 times.*cellar\/press/);
    await seen(/^bottling cannot get its image registry\.example\.com\/bottling:9: there is no such image/);
    await seen(/^casks finds no node: /);
    await seen(/^Volume claim data-casks-0 gets no volume: there is no storage class cool-and-dark/);
    await seen(/^Helm release ledger-settlement is stuck in its upgrade/);
    await seen(/^Helm release ledger-reports failed/);
    await seen(/older than the Secret that (it reads|they read): database-credentials/);
    await seen(/^front-end runs its maximum of 4 replicas and is still above target: cpu at/);
    await workbench.screenshot('clusters-attention');
    await workbench.collapse(row('Needs Attention'));
  });

  it('all groups of a namespace', async () => {
    await opened(/^sock-shop/, 'Workloads');
    await seen(/^front-end.*4\/4 ready.*CPU \d+ %.*0\.3\.12/);
    await opened(/^front-end/);
    await seen('1 older revision');
    await opened(/^front-end-.*1\/1 ready/);
    await seen(/^front-end.*running.*0\.3\.12/);
    await workbench.screenshot('clusters-workloads');
    await workbench.collapse(row('Workloads'));

    await opened('HPAs');
    await seen(/^front-end.*at max.*cpu \d+ % \/ 50 %/);
    const entries = await workbench.contextMenuEntries(row(/^front-end.*at max/));
    assert.ok(entries.includes('Scale HPA…'), entries.join());
    await opened('Helm Releases', /^sock-shop.*revision 3.*deployed/);
    await seen(/^revision 2.*superseded.*room for one more/);
    await workbench.inlineAction(row(/^revision 2/), 'Compare Helm Revision with…');
    await workbench.pick('revision 1');
    await workbench.editorTab(/sock-shop: revision 1 ↔ revision 2/).waitFor();
    const compared = workbench.page.locator('.multiDiffEntry');
    await compared.filter({ hasText: 'Values.yaml' }).getByText('0.3.11').first().waitFor();
    await compared.filter({ hasText: 'Deployment front-end.yaml' }).first().waitFor();
    await workbench.screenshot('helm-compare');
    await workbench.contextMenu(row(/^sock-shop.*revision 3/), 'Compare Helm Revision with…');
    await workbench.pick('What is live now');
    await workbench.editorTab(/sock-shop: revision 3 ↔ live/).waitFor();
    await workbench.page.getByText('another value').first().waitFor(); // it was rotated
    await workbench.runCommand('View: Close All Editors');
    await opened('Ingresses', /^front-end.*WAF/);
    await seen(/→ front-end:8079/);
    await opened('Configuration');
    await seen(/^database-credentials.*Secret/);
    await opened('Storage');
    await seen(/There are no volume claims in sock-shop/);
    assert.doesNotMatch(await clusters.innerText(), /rotated_password|default_password/);
    await workbench.collapse(row(/^sock-shop/));
  });

  it('that it waits, what went wrong and the way out, since when it is old, and that there is nothing', async () => {
    const { kubernetes } = lab.faults;
    kubernetes.clear();
    kubernetes.add({ kind: 'latency', ms: 4_000 }, { path: '/namespaces/default/configmaps' });
    kubernetes.add({ kind: 'respond', status: 500, message: 'etcdserver: no leader' }, { path: 'default/ingresses' });
    await opened(/^default/, 'Configuration', 'Ingresses', 'Storage');
    await seen('There are no volume claims in default.');
    await seen(/etcdserver: no leader.*Try Again/);
    await workbench.screenshot('clusters-states');
    kubernetes.clear();
    await seen(/^kube-root-ca\.crt/);
    await seen('There are no ingresses in default.');
    kubernetes.add({ kind: 'respond', status: 500, message: 'etcdserver: leader changed' }, { path: 'watch=1' });
    kubernetes.cutConnections();
    await seen(/^Not up to date since .*etcdserver: leader changed/);
    await workbench.screenshot('clusters-stale');
    kubernetes.clear();
    await gone(/^Not up to date since/);
    await workbench.collapse(row(/^prod-seoul/));
  });

  it('to a reader all but Secrets, and no way to write', async () => {
    const writes = /scale|undo|restart|roll|delete|edit|terminal/i;
    /** Until the server has said that this user may not. */
    const isOfferedNoWrite = (label: RegExp) =>
      waitUntil(`${label.source} to be offered without a write`, async () => {
        const entries = await workbench.contextMenuEntries(row(label));
        assert.ok(entries.includes('Copy Name'), entries.join());
        return !entries.some((entry) => writes.test(entry));
      });
    await opened(/^reader/, 'Needs Attention');
    await seen(/^Secrets of Helm: forbidden, so these are not looked for: releases that failed or are stuck/);
    // all of them: one that comes later moves the rows below from under the pointer
    await seen(/^Nodes: forbidden/);
    await seen(/^Secrets: forbidden/);
    await seen(/^Needs Attention.*7 and perhaps more/);
    await waitUntil('seven findings, and three that are not looked for', async () => (await labels(3)).length === 10);
    await opened(/^sock-shop/);
    // what is above it, where a row moved under the pointer all the same
    await workbench.collapse(row('payments'));
    await opened('HPAs');
    await isOfferedNoWrite(/^front-end.*at max/);
    await opened('Helm Releases');
    await seen(/does not allow this: secrets is forbidden/);
    await workbench.screenshot('clusters-forbidden');
    await workbench.collapse(row('Needs Attention'));
    await opened('Workloads');
    await isOfferedNoWrite(/^front-end.*4\/4 ready/);
    await opened(/^front-end.*4\/4 ready/);
    await isOfferedNoWrite(/^front-end-.*1\/1 ready/);

    await workbench.contextMenu(row(/^front-end.*4\/4 ready/), 'Describe…');
    await workbench.page.getByText('kind: Deployment').first().waitFor();
    await workbench.contextMenu(row(/^front-end.*4\/4 ready/), 'Show Events…');
    await workbench.page.getByText('ScalingReplicaSet').first().waitFor();
    await workbench.inlineAction(row(/^front-end.*4\/4 ready/), 'Logs…');
    const logs = await workbench.webviewFrame(/^Logs: front-end/);
    await logs.getByText('"level"').first().waitFor();

    await workbench.runCommand('Jarvis: Group by Helm Release');
    await isOfferedNoWrite(/^sock-shop$/);
  });
});

/** The lab's kubeconfig, and one whose context `reader` leads to the same cluster as the user who may only read. */
async function twoContexts({ description, folder }: Lab): Promise<string> {
  const { kubeconfig, viewerKubeconfig } = description;
  const viewer = parse(await readFile(viewerKubeconfig, 'utf8')) as { contexts: [{ name: string }] };
  viewer.contexts[0].name = 'reader';
  const file = path.join(folder, 'reader');
  await writeFile(file, stringify(viewer));
  return [kubeconfig, file].join(path.delimiter);
}
