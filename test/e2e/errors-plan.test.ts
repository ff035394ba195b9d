import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import type { Lab } from '../lab/lab.ts';
import type { ActionPage } from './support/action-page.ts';
import { Boutique, planInTree } from './support/boutique.ts';
import { startAtLab, startTestLab } from './support/lab.ts';
import { UserData } from './support/user-data.ts';
import { waitUntil } from './support/wait.ts';
import type { Workbench } from './support/workbench.ts';

/** Two clusters in one kubeconfig, as a person on call has them, and a plan that waits for its confirmation. */
describe('between plan and run', () => {
  let labs: readonly Lab[] = [];
  let workbench: Workbench;
  let userData: UserData;
  let folder: string;
  let blue: Boutique;
  let green: Boutique;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    folder = await mkdtemp(path.join(tmpdir(), 'jarvis-kube-'));
    userData = await UserData.make();
    const greenLab = await startTestLab([]);
    labs = [greenLab];
    const furnish = async (blueLab: Lab) => {
      await twoClusters(path.join(folder, 'config'), blueLab, greenLab, 'blue');
      [blue, green] = await Promise.all([Boutique.open(blueLab), Boutique.open(greenLab)]);
      return { 'jarvis.kubernetes.kubeconfig': path.join(folder, 'config'), 'jarvis.remediation.route': 'direct' };
    };
    const started = await startAtLab({ parts: [], userData: userData.folder, furnish });
    labs = [greenLab, started.lab];
    ({ workbench } = started);
  });
  after(async () => {
    await workbench.close();
    await Promise.all(labs.map((lab) => lab.close()));
    await userData.remove();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => blue.apply());
  afterEach(() => workbench.runCommand('View: Close All Editors'));

  /** Before anybody confirms it, and without being asked. */
  const isOutdated = async (page: ActionPage, reason: RegExp) => {
    await page.line('plan').getByText(reason).waitFor();
    assert.equal(await page.button('Confirm…').count(), 0);
    await page.button('Plan again').waitFor();
  };

  it('says at once when somebody changed the HPA, and from what to what', async () => {
    const page = await planInTree(workbench, 'blue', 6);
    await blue.setMaxReplicas(5);
    await isOutdated(page, /spec\.maxReplicas of web is 5 now, not 4\. Nothing was written; make the plan anew\./);
    await workbench.screenshot('error-changed-since');
  });

  it('refuses when the HPA is deleted while the person reads the question', async () => {
    const page = await planInTree(workbench, 'blue', 7);
    await page.confirm(async () => {
      await blue.kubectl('delete', 'hpa', 'web');
      await page.says(/expired/i);
    });
    await workbench.modal.waitFor({ state: 'hidden' });
    await isOutdated(page, /web was deleted since\./);
    assert.equal(await blue.maxReplicas(), undefined);
  });

  it('says at once when the HPA is another one of the same name', async () => {
    const page = await planInTree(workbench, 'blue', 8);
    await blue.kubectl('delete', 'hpa', 'web');
    await blue.apply();
    await isOutdated(page, /web was deleted (and made anew )?since\. Nothing was written; make the plan anew\./);
    assert.equal(await blue.maxReplicas(), 4);
  });

  it('does nothing that a page says and the contract does not know', async () => {
    const page = await planInTree(workbench, 'blue', 9);
    await page.post({ type: 'confirm', body: { yes: true } });
    await page.post({ type: 'executeCommand', body: { command: 'workbench.action.closeWindow' } });
    await page.post('confirm');
    const complaints = async () => (await userData.log()).match(/webview\.badMessage/g)?.length;
    await waitUntil('three complaints in the log', async () => (await complaints()) === 3);
    assert.equal(await workbench.modal.count(), 0);
    await page.says(/planned/i);
    assert.equal(await blue.maxReplicas(), 4);
    await page.press('Discard');
  });

  it('writes to the pinned cluster, whatever the current context is by then', async () => {
    const page = await planInTree(workbench, 'blue', 6);
    const [greenLab, blueLab] = labs;
    assert.ok(greenLab && blueLab);
    await twoClusters(path.join(folder, 'config'), blueLab, greenLab, 'green');
    await workbench.treeItem(/^blue[^·]*$/, workbench.section('Clusters')).waitFor(); // no longer "· current"
    await page.confirm(async (modal) => assert.match((await modal.textContent()) ?? '', /Cluster: blue/));
    await page.says(/verified/i);
    assert.deepEqual([await blue.maxReplicas(), await green.maxReplicas()], [6, 4]);
  });
});

/** Writes a kubeconfig with the contexts "blue" and "green". */
async function twoClusters(file: string, blue: Lab, green: Lab, current: 'blue' | 'green'): Promise<void> {
  const entries = await Promise.all([renamed(blue, 'blue'), renamed(green, 'green')]);
  const all = (key: 'clusters' | 'users' | 'contexts') => entries.map((entry) => entry[key]);
  const text = stringify({
    'current-context': current,
    clusters: all('clusters'),
    users: all('users'),
    contexts: all('contexts'),
  });
  await writeFile(file, text);
}

interface Entry {
  readonly cluster?: unknown;
  readonly user?: unknown;
}

async function renamed({ description }: Lab, name: string) {
  const config = parse(await readFile(description.kubeconfig, 'utf8')) as Record<'clusters' | 'users', [Entry]>;
  return {
    clusters: { ...config.clusters[0], name },
    users: { ...config.users[0], name },
    contexts: { name, context: { cluster: name, user: name } },
  };
}
