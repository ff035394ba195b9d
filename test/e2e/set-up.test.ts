import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesOf, labSetUp } from '../lab/github/team-files.ts';
import type { Lab } from '../lab/lab.ts';
import { startAtLab } from './support/lab.ts';
import { waitUntil } from './support/wait.ts';
import type { Workbench } from './support/workbench.ts';

const ours = 'name: Our own\non: push\n';

/** From an empty repository to a team that can act. */
describe('setting up a team', function () {
  this.timeout(60_000);
  this.bail(true);
  let lab: Lab;
  let workbench: Workbench;
  let workspace: string;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    workspace = await mkdtemp(path.join(tmpdir(), 'jarvis-workspace-'));
    await mkdir(path.join(workspace, '.github/workflows'), { recursive: true });
    await writeFile(path.join(workspace, '.github/workflows/scale.yml'), ours);
    ({ lab, workbench } = await startAtLab({ parts: ['aws', 'github'], workspace }));
  });
  after(async () => {
    await workbench.close();
    await lab.close();
    await rm(workspace, { recursive: true, force: true });
  });

  const there = (file: string) => readFile(path.join(workspace, file), 'utf8').catch(() => undefined);

  /** Takes what the open pick or box offers. */
  async function takeWhatIsOffered(title: string) {
    const box = workbench.page.locator('.quick-input-title').filter({ hasText: title });
    await box.waitFor();
    await workbench.quickInput.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  it('shows what it would write, and takes no answer that cannot be', async () => {
    await workbench.runCommand('Jarvis: Set Up Remediation…');
    await takeWhatIsOffered('Set up what?');
    await takeWhatIsOffered('For which remedies?');
    await takeWhatIsOffered('(1 of 6)'); // the cluster, as the kubeconfig calls it
    await workbench.quickInput.fill('seoul');
    await workbench.page.getByText('A region looks like ap-northeast-2.').waitFor();
    const { region, account, namespaces, environment } = labSetUp.team;
    await workbench.enter('(2 of 6)', region);
    await workbench.enter('(3 of 6)', account);
    await workbench.enter('(4 of 6)', namespaces.join(', '));
    await takeWhatIsOffered('(5 of 6)'); // the repository, as the setting says
    await workbench.enter('(6 of 6)', environment);
    await workbench.editorTab(/what would be written/).waitFor();
    await workbench.picks.filter({ hasText: 'replaces what is there' }).waitFor();
    await workbench.page.locator('.multiDiffEntry, .multi-diff-entry').first().waitFor();
    await workbench.screenshot('set-up-preview');
    assert.equal(await there('.github/workflows/scale.yml'), ours, 'a preview writes nothing');
  });

  it('writes what was chosen: over a file of ours only when that is said', async () => {
    await takeWhatIsOffered('Write which files?');
    await workbench.notification(/Files written/).waitFor();
    const files = await filesOf(labSetUp);
    for (const { path: file, text } of files)
      assert.equal(await there(file), file.endsWith('scale.yml') ? ours : text, file);

    await workbench.runCommand('Jarvis: Set Up Remediation…');
    for (const title of ['Set up what?', 'For which remedies?', ...[1, 2, 3, 4, 5, 6].map((step) => `(${step} of 6)`)])
      await takeWhatIsOffered(title);
    await workbench.picks.filter({ hasText: 'scale.yml' }).first().click();
    assert.equal(await workbench.picks.count(), 1);
    await takeWhatIsOffered('Write which files?');
    const [{ text } = { text: '' }] = files.filter(({ path: file }) => file.endsWith('scale.yml'));
    await waitUntil('the workflow', async () => (await there('.github/workflows/scale.yml')) === text);
  });

  it('finds each link in order, after the one that was not', async () => {
    await workbench.runCommand('Jarvis: Check Set-Up');
    await workbench.picks.filter({ hasText: 'not signed in' }).click();
    await workbench.enter('Sign in to', lab.description.github?.token ?? assert.fail('the lab has no GitHub'));
    await workbench.picks.filter({ hasText: 'Workflow of Scale HPA' }).waitFor();
    const rows = await workbench.picks.allInnerTexts();
    for (const row of rows) assert.match(row, /in order/);
    assert.ok(rows.length >= 5, rows.join('\n'));
    await workbench.screenshot('set-up-check');
    await workbench.page.keyboard.press('Escape');
  });
});
