import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { teamMayAll } from '../../lab/cluster/objects.ts';
import { filesOf, labSetUp } from '../../lab/github/team-files.ts';
import type { Lab } from '../../lab/lab.ts';
import type { Workbench } from './workbench.ts';

const workflow = '.github/workflows/scale.yml';
const ours = 'name: Our own\non: push\n';

/** A team's repository that has a workflow of its own by the name of one that it could get. */
export class TeamRepository {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<TeamRepository> {
    const made = new TeamRepository(await mkdtemp(path.join(tmpdir(), 'jarvis-workspace-')));
    await mkdir(path.dirname(path.join(made.folder, workflow)), { recursive: true });
    await writeFile(path.join(made.folder, workflow), ours);
    return made;
  }

  /** What a file says; undefined: it is not there. */
  read(file: string): Promise<string | undefined> {
    return readFile(path.join(this.folder, file), 'utf8').catch(() => undefined);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** From an empty repository to a team that can act; the person is signed in already. */
export function setUpStory(
  at: () => { readonly lab: Lab; readonly workbench: Workbench; readonly repository: TeamRepository },
): void {
  /** Takes what the open pick or box offers. */
  async function takeWhatIsOffered(title: string) {
    const { page, quickInput } = at().workbench;
    const box = page.locator('.quick-input-title').filter({ hasText: title });
    await box.waitFor();
    await quickInput.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  it('shows what a team would get, and takes no answer that cannot be', async () => {
    const { workbench, repository } = at();
    await workbench.runCommand('Jarvis: Set Up Remediation…');
    await workbench.pick('AWS Lambda');
    await takeWhatIsOffered('By which routes');
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
    await workbench.page.locator('.multiDiffEntry').first().waitFor();
    await workbench.screenshot('set-up-preview');
    assert.equal(await repository.read(workflow), ours, 'a preview writes nothing');
  });

  it('writes what was chosen: over a file of ours only when that is said', async () => {
    const { workbench, repository } = at();
    await takeWhatIsOffered('Write which files?');
    const files = await filesOf(labSetUp);
    await workbench.notification(`Files written: ${files.length - 1}`).waitFor();
    for (const { path: file, text } of files)
      assert.equal(await repository.read(file), file === workflow ? ours : text, file);

    await workbench.runCommand('Jarvis: Set Up Remediation…');
    for (const title of [
      'By which routes',
      'For which remedies?',
      ...[1, 2, 3, 4, 5, 6].map((step) => `(${step} of 6)`),
    ])
      await takeWhatIsOffered(title);
    await workbench.picks.filter({ hasText: workflow }).click();
    assert.equal(await workbench.picks.count(), 1);
    await takeWhatIsOffered('Write which files?');
    const text = files.find(({ path: file }) => file === workflow)?.text;
    await workbench.notification(/Files written: 1\./).waitFor();
    assert.equal(await repository.read(workflow), text);
  });

  it('finds the link that is missing, and each in order once it is there', async () => {
    const { lab, workbench, repository } = at();
    /** Those that need something come first. */
    const firstLinks = async () => {
      await workbench.runCommand('Notifications: Clear All Notifications');
      await workbench.runCommand('Jarvis: Check Set-Up');
      await workbench.picks.filter({ hasText: 'Environment' }).waitFor();
      return workbench.picks.allInnerTexts();
    };
    await lab.kubectl('delete', 'clusterrolebinding', teamMayAll);
    const [missing] = await firstLinks();
    assert.match(missing ?? '', /Kubernetes Role of Scale HPA .*missing → Set Up Remediation/);
    await workbench.page.keyboard.press('Escape');

    await lab.kubectl('apply', '--recursive', '--filename', path.join(repository.folder, 'deploy/jarvis/kubernetes'));
    const [environment, next] = await firstLinks();
    assert.match(environment ?? '', /Environment operations on GitHub.*could be better → Open in Browser/);
    assert.match(next ?? '', /in order/);
    await workbench.screenshot('set-up-check');
    await workbench.page.keyboard.press('Escape');
  });
}
