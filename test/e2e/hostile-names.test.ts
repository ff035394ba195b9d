import assert from 'node:assert/strict';
import { PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Locator } from 'playwright-core';
import type { Manifest } from '../lab/cluster/client.ts';
import type { Lab } from '../lab/lab.ts';
import { Boutique, planInTree } from './support/boutique.ts';
import { labCloudWatch, startAtLab } from './support/lab.ts';
import type { Workbench } from './support/workbench.ts';

const image = '<img src=x onerror=document.title=1>';
const link = '[click](command:workbench.action.closeWindow)';
const hostile = `${image} $(rm) ${link}`;
/** As long as CloudWatch allows. */
const long = `long ${hostile} `.padEnd(255, 'x');

/** Names that servers and files may give, in every place where Jarvis shows them: each is shown, none is obeyed. */
describe('hostile names', () => {
  let lab: Lab;
  let workbench: Workbench;
  let boutique: Boutique;
  let alarms: Locator;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    const furnish = async (started: Lab) => {
      boutique = await Boutique.open(started);
      await Promise.all([hostile, long].map((name) => putAlarm(started, name)));
      const kubeconfig = path.join(started.folder, 'config');
      const text = await readFile(started.description.kubeconfig, 'utf8');
      const users = text.replaceAll(/(?<=(?:name|user): )admin$/gm, JSON.stringify(`user ${hostile}`));
      assert.notEqual(users, text);
      await writeFile(kubeconfig, users.replaceAll('prod-seoul', JSON.stringify(hostile)));
      await started.cluster.client.create(failedRelease());
      return { 'jarvis.kubernetes.kubeconfig': kubeconfig, 'jarvis.remediation.route': 'direct' };
    };
    ({ lab, workbench } = await startAtLab({ parts: ['aws'], furnish }));
    alarms = workbench.section('Alarms');
    await workbench.openView('Jarvis');
    await workbench.widenSidebar(640);
  });
  after(async () => {
    await workbench.close();
    await lab.close();
  });
  /** Whatever was shown until here: nothing of it became an element, a command or an icon. */
  afterEach(async () => {
    for (const frame of workbench.page.frames()) assert.equal(await frame.locator('img[src="x"]').count(), 0);
    assert.equal(await workbench.page.locator('.codicon-rm').count(), 0);
    assert.equal(
      await workbench.page.locator('a[href^="command:workbench"], a[data-href^="command:workbench"]').count(),
      0,
    );
    assert.notEqual(await workbench.page.title(), '1');
  });

  it('are shown as they are in the alarms’ rows and tooltips', async () => {
    await workbench.hover(workbench.treeItem(/^<img /, alarms).locator('.label-name'), hostile);
    await workbench.screenshot('hostile-alarm', { pointer: 'stays' });
  });

  it('are shown as they are in a notice, shortened', async () => {
    await ring(lab, hostile);
    await workbench.notification(image).waitFor();
    await ring(lab, long);
    const notice = workbench.notification(/long <img .*…/);
    await notice.waitFor();
    await workbench.screenshot('hostile-notice');
  });

  it('are shown as they are where an alarm is chosen', async () => {
    await workbench.statusBarItem('in alarm').click();
    await workbench.picks.filter({ hasText: image }).first().click();
    await workbench.page.locator('.quick-input-title').filter({ hasText: image }).waitFor();
    await workbench.screenshot('hostile-pick');
    await workbench.page.keyboard.press('Escape');
  });

  it('are shown as they are in a chart and in a history', async () => {
    await workbench.inlineAction(workbench.treeItem(/^<img /, alarms), 'Open Chart');
    const chart = await workbench.webviewFrame(/^Chart: <img /);
    await chart.getByText(image).first().waitFor();
    await workbench.inlineAction(workbench.treeItem(/^<img /, alarms), 'Show Alarm History');
    await workbench.editorTab('.log').waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  it('are shown as they are in the tree of clusters, the plan, the modal and the receipt', async () => {
    await boutique.kubectl('annotate', 'hpa', 'web', `meta.helm.sh/release-name=${hostile}`);
    await boutique.kubectl('label', 'hpa', 'web', 'app.kubernetes.io/managed-by=Helm');
    const page = await planInTree(workbench, hostile, 6);
    await page.frame.getByText(hostile).first().waitFor();
    await workbench.screenshot('hostile-plan');
    await page.confirm(async (modal) => {
      assert.ok((await modal.textContent())?.includes(`Cluster: ${image}`));
      await workbench.screenshot('hostile-modal');
    });
    await page.says(/verified/i);
    assert.equal(await boutique.maxReplicas(), 6);
  });

  it('are shown as they are where a release says how it failed', async () => {
    const clusters = workbench.section('Clusters');
    await workbench.runCommand('View: Close All Editors');
    await workbench.collapse(workbench.treeItem('HPAs', clusters));
    await workbench.expand(workbench.treeItem('Helm Releases', clusters));
    await workbench.expand(workbench.treeItem(/^till/, clusters));
    const revision = workbench.treeItem(/^revision 1.*<img /, clusters);
    await revision.waitFor();
    assert.ok((await revision.textContent())?.includes(hostile));
    await workbench.screenshot('hostile-release');
  });
});

/** A release as Helm stores it: base64 of gzip of JSON, in base64 once more as every Secret is. */
function failedRelease(): Manifest {
  const info = { status: 'failed', description: hostile, last_deployed: '2026-11-21T09:00:00Z' };
  const chart = { metadata: { name: hostile, version: link, appVersion: image } };
  const payload = gzipSync(JSON.stringify({ name: 'till', info, chart, version: 1 })).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: 'sh.helm.release.v1.till.v1',
      namespace: 'boutique',
      labels: { owner: 'helm', name: 'till', status: 'failed', version: '1' },
    },
    stringData: { release: payload },
  };
}

async function putAlarm(lab: Lab, AlarmName: string): Promise<void> {
  const client = labCloudWatch(lab);
  await client.send(
    new PutMetricAlarmCommand({
      AlarmName,
      AlarmDescription: hostile,
      Namespace: 'Shop',
      MetricName: hostile,
      Dimensions: [{ Name: 'Counter', Value: hostile }],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  );
  client.destroy();
}

async function ring(lab: Lab, AlarmName: string): Promise<void> {
  const client = labCloudWatch(lab);
  await client.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: hostile }));
  client.destroy();
}
