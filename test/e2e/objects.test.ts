import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { parse, stringify } from 'yaml';
import type { LabDescription } from '../lab/description.ts';
import type { Lab } from '../lab/lab.ts';
import { Harbour } from '../lab/objects/harbour.ts';
import { freePorts } from '../lab/process/ports.ts';
import { startAtLab } from './support/lab.ts';
import { waitUntil } from './support/wait.ts';
import type { Workbench } from './support/workbench.ts';

const grafana = 'http://grafana.test/d/pods?var-ds=a%26b%2Fc&var-ns={namespace}&var-pod={pod}&from={from}&to={to}';

/** What a person does with one object without changing it, over a reload of the window, and once more as a reader. */
describe('an object', function () {
  this.bail(true); // each begins where the one before ended
  let lab: Lab;
  let workbench: Workbench;
  let harbour: Harbour;
  let clusters: Locator;
  let folder: string;
  let localPort: number;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    folder = await mkdtemp(path.join(tmpdir(), 'jarvis-objects-'));
    [localPort = 0] = await freePorts(1);
    const furnish = async (started: Lab) => {
      harbour = await Harbour.open(started);
      const ref = { context: '', server: '', cluster: '' };
      for (const name of ['quay', 'pier']) await harbour.pod(ref, name);
      await started.kubectl('-n', Harbour.namespace, 'create', 'configmap', 'tide', '--from-literal=level=low');
      await writeKubectl(started.description, folder);
      return {
        'jarvis.kubernetes.kubeconfig': await withReader(started.description, folder),
        'jarvis.grafana.urlTemplate': grafana,
        'terminal.integrated.gpuAcceleration': 'off', // its text is in the page then
      };
    };
    const PATH = `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`;
    ({ lab, workbench } = await startAtLab({ parts: [], furnish, env: { PATH } }));
    clusters = workbench.section('Clusters');
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.page.context().route('http://grafana.test/**', (route) => route.fulfill({ body: 'a dashboard' }));
    await workbench.openView('Jarvis');
    await workbench.widenSidebar(480);
    for (const other of ['Alarms', 'Activity']) await workbench.fold(workbench.section(other));
  });
  after(async () => {
    await workbench.close();
    harbour.close();
    await lab.close();
    await rm(folder, { recursive: true });
  });

  const row = (label: string | RegExp) => workbench.treeItem(label, clusters);
  const kubectl = (...args: string[]) => lab.kubectl('-n', Harbour.namespace, ...args);
  const openNamespace = async (context: string) => {
    for (const label of [context, /^harbour/, 'Workloads']) await workbench.expand(row(label));
    await row(/^quay/).waitFor();
  };
  /** Of the editor that is shown; a long document has no more of it in the page than what can be seen. */
  const documentSays = (what: RegExp) =>
    waitUntil(`the document to say ${what.source}`, async () => {
      const lines = workbench.page.locator('.editor-group-container.active .view-lines').last();
      const text = (await lines.innerText()).replaceAll('\u00A0', ' ');
      return what.test(text) && text;
    });

  it('is described as YAML', async () => {
    await openNamespace('prod-seoul');
    await workbench.contextMenu(row(/^quay/), 'Describe…');
    await workbench.editorTab('Pod quay.yaml').waitFor();
    const text = await documentSays(/kind: Pod\n/);
    assert.match(text, /name: quay/);
    assert.doesNotMatch(text, /managedFields/);
  });

  it('has its events listed', async () => {
    await workbench.contextMenu(row(/^quay/), 'Show Events…');
    await documentSays(/Scheduled +default-scheduler +Successfully assigned harbour\/quay/);
  });

  it('is compared with another one that is selected beside it', async () => {
    await row(/^quay/).click();
    await row(/^pier/).click({ modifiers: ['Control'] });
    await workbench.contextMenu(row(/^pier/), 'Compare with…');
    await workbench.editorTab(/Pod (quay ↔ pier|pier ↔ quay)/).waitFor();
    await documentSays(/name: pier/);
  });

  it('is copied by name, as a command and as a path', async () => {
    const copied = async (how: () => Promise<void>) => {
      await workbench.page.evaluate(`navigator.clipboard.writeText('')`);
      await how();
      return waitUntil('the clipboard', async () => {
        return (await workbench.page.evaluate<string>('navigator.clipboard.readText()')) || undefined;
      });
    };
    // what is done with a row is done with it alone, also where others are selected
    assert.equal(await copied(() => workbench.contextMenu(row(/^pier/), 'Copy Name')), 'pier');
    const command = await copied(() => workbench.contextMenu(row(/^quay/), 'Copy kubectl Command…', 'More'));
    assert.equal(command, `KUBECONFIG=${folder}/config kubectl --context=prod-seoul -n harbour get pods/quay`);
    const address = await copied(() => workbench.contextMenu(row(/^quay/), 'Copy API Path…', 'More'));
    assert.equal(address, '/api/v1/namespaces/harbour/pods/quay');
  });

  it('opens in Grafana', async () => {
    const opened = workbench.page.context().waitForEvent('page');
    await workbench.contextMenu(row(/^quay/), 'Open in Grafana…', 'More');
    await workbench.button('Open', workbench.modal).click();
    const page = await opened;
    await page.waitForURL(/grafana\.test/);
    const { search } = new URL(page.url());
    assert.match(search, /^\?var-ds=a%26b%2Fc&var-ns=harbour&var-pod=quay&from=\d{13}&to=\d{13}$/);
    await page.close();
  });

  it('has its port forwarded: started, used, listed, and stopped from the list', async () => {
    await forward(/^quay/);
    assert.equal(await fetched(), '/ship 0');
    const item = workbench.statusBarItem(/^\s*1\s*$/);
    await item.click();
    await workbench.picks.filter({ hasText: `127.0.0.1:${localPort} → quay:80` }).waitFor();
    await workbench.screenshot('port-forwards');
    await workbench.picks.first().click();
    await item.waitFor({ state: 'detached' });
    await assert.rejects(fetched());
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('has a terminal in the container that is meant, through the person’s own kubectl', async () => {
    await workbench.expand(row(/^quay/));
    await workbench.contextMenu(row(/^proxy/), 'Open Terminal in Pod…');
    const terminal = workbench.page.locator('.terminal-wrapper.active .xterm-rows');
    await terminal.waitFor();
    await workbench.page.locator('.terminal-wrapper.active .xterm').click();
    await workbench.page.keyboard.type('echo "here is $CONTAINER"\n');
    await terminal.filter({ hasText: 'here is quay/proxy' }).waitFor();
    await workbench.page.getByText('proxy · quay').first().waitFor();
    const [kubeconfig, ...args] = (await readFile(path.join(folder, 'called'), 'utf8')).split('\n');
    assert.equal(kubeconfig, `${folder}/config`);
    const expected = '--context=prod-seoul --namespace=harbour exec --stdin --tty pod/quay --container=proxy -- sh -c';
    assert.equal(args.slice(0, 10).join(' '), expected);
    await workbench.page.keyboard.type('exit\n');
    await terminal.waitFor({ state: 'detached' });
    await workbench.collapse(row(/^quay/));
  });

  it('is followed: its changes, what is not up to date, its end', async () => {
    await workbench.expand(row('Configuration'));
    await workbench.contextMenu(row(/^tide/), 'Follow Changes…', 'More');
    await documentSays(/nothing has changed[^]*level: low/);
    await kubectl('patch', 'configmap', 'tide', '--type=merge', '-p', '{"data":{"level":"high"}}');
    await documentSays(/Followed: changed at .*[^]*level: high/);
    await workbench.screenshot('object-follow');
    lab.faults.kubernetes.add({ kind: 'respond', status: 500, message: 'leader changed' }, { path: 'watch=1' });
    lab.faults.kubernetes.cutConnections();
    await documentSays(/Not up to date since .*leader changed[^]*level: high/);
    lab.faults.clear();
    await documentSays(/Followed: changed at/);
    await kubectl('delete', 'configmap', 'tide');
    await documentSays(/Deleted at .*This is how it was last seen\.[^]*level: high/);
    await row(/^tide/).waitFor({ state: 'detached' });
    await row(/Not up to date/).waitFor({ state: 'detached' });
    await row(/^Needs Attention.*nothing/).waitFor();
  });

  it('has its port forwarded again after a reload, if that is wanted', async () => {
    await forward(/^pier/);
    assert.equal(await fetched(), '/ship 0');
    await workbench.reload();
    const ended = workbench.notification(`These ran: 127.0.0.1:${localPort} → pier:80`);
    await ended.waitFor();
    await assert.rejects(fetched());
    await workbench.button('Forward Again', ended).click();
    await workbench.notification(`127.0.0.1:${localPort} leads to port 80 of pier`).waitFor();
    assert.equal(await fetched(), '/ship 0');
    await kubectl('delete', 'pod', 'pier', '--now');
    await workbench.notification('Pod pier is gone').waitFor();
    await assert.rejects(fetched());
  });

  it('is read by a reader, who is offered no connection and told why there is none', async () => {
    await workbench.collapse(row('prod-seoul'));
    await openNamespace('reader');
    await workbench.contextMenu(row(/^quay/), 'Describe…');
    await documentSays(/kind: Pod\n/);
    await waitUntil('no connection to be offered', async () => {
      const offered = await workbench.contextMenuEntries(row(/^quay/));
      assert.ok(offered.includes('Copy Name'), offered.join());
      return !offered.some((entry) => /Forward Port|Open Terminal/.test(entry));
    });
    await workbench.runCommand('Jarvis: Open Terminal in Pod…');
    for (const choice of ['reader', 'harbour', 'quay']) await workbench.pick(choice);
    await workbench.notification('You may not open a terminal in pod quay of harbour.').waitFor();
    await workbench.runCommand('Jarvis: Forward Port…');
    for (const choice of ['reader', 'harbour', 'Pod', 'quay']) await workbench.pick(choice);
    await workbench.enter('Forward a port of quay', `${localPort}:80`);
    await workbench
      .notification(/pods "quay" is forbidden: User "viewer" cannot get resource "pods\/portforward"/)
      .waitFor();
  });

  /** A row that is drawn anew while it is chosen is lost: Jarvis says so, and a person chooses again. */
  async function forward(pod: RegExp): Promise<void> {
    const asks = workbench.page.locator('.quick-input-title').filter({ hasText: 'Forward a port of' });
    const lost = workbench.notification('This row was being drawn anew just then.');
    await waitUntil('to be asked for the port', async () => {
      await workbench.contextMenu(row(pod), 'Forward Port…');
      await asks.or(lost).first().waitFor();
      if (await asks.isVisible()) return true;
      await workbench.runCommand('Notifications: Clear All Notifications');
      return false;
    });
    await workbench.enter('Forward a port of', `${localPort}:80`);
    await workbench.statusBarItem(/^\s*1\s*$/).waitFor();
  }
  async function fetched(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${localPort}/ship`, { headers: { connection: 'close' } })).text();
  }
});

/** A kubectl that notes what it was called with, and is the lab's. */
async function writeKubectl({ bin }: LabDescription, folder: string): Promise<void> {
  const file = path.join(folder, 'bin/kubectl');
  const note = `printf '%s\\n' "$KUBECONFIG" "$@" > '${folder}/called'`;
  await mkdir(path.dirname(file));
  await writeFile(file, `#!/bin/sh\n${note}\nexec '${bin}/kubectl' "$@"\n`);
  await chmod(file, 0o755);
}

interface Kubeconfig {
  readonly clusters: readonly object[];
  readonly contexts: readonly [{ readonly context: object }];
  readonly users: readonly [{ readonly user: object }];
}

/** The lab's kubeconfig with one more context, `reader`, of the user who may only read. @returns its path */
async function withReader(description: LabDescription, folder: string): Promise<string> {
  const read = async (file: string) => parse(await readFile(file, 'utf8')) as Kubeconfig;
  const [admin, viewer] = [await read(description.kubeconfig), await read(description.viewerKubeconfig)];
  const file = path.join(folder, 'config');
  const name = 'reader';
  const context = { name, context: { ...admin.contexts[0].context, user: name } };
  const user = { name, user: viewer.users[0].user };
  await writeFile(file, stringify({ ...admin, contexts: [...admin.contexts, context], users: [...admin.users, user] }));
  return file;
}
