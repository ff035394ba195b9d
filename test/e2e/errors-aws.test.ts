import assert from 'node:assert/strict';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import type { Lab } from '../lab/lab.ts';
import { awsError, type ScriptedAws, startScriptedAws } from '../support/aws/scripted-aws.ts';
import { ssoProfile } from '../support/aws/sso-portal.ts';
import { startAtLab } from './support/lab.ts';
import { UserData } from './support/user-data.ts';
import type { Workbench } from './support/workbench.ts';

describe('AWS credentials that expire, and scopes in trouble', function () {
  this.bail(true); // each begins where the one before ended
  let lab: Lab;
  let workbench: Workbench;
  let userData: UserData;
  let scripted: ScriptedAws;
  let writeProfiles: Awaited<ReturnType<typeof profileWriter>>;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    userData = await UserData.make();
    scripted = await startScriptedAws();
    ({ lab, workbench } = await startAtLab({ parts: ['aws'], userData: userData.folder }));
    writeProfiles = await profileWriter(lab);
    await workbench.openView('Jarvis');
    await workbench.widenSidebar(520);
    await workbench.treeItem('cluster-failed-nodes', workbench.section('Alarms')).waitFor();
  });
  after(async () => {
    await workbench.close();
    await lab.close();
    await scripted.close();
    await userData.remove();
  });

  it('make the alarms unknown, and never OK', async () => {
    lab.faults.expireCredentials();
    await workbench.hover(workbench.statusBarItem('Alarms unknown'), 'have expired');
    await workbench.screenshot('state-unknown', { pointer: 'stays' });
    assert.equal(await workbench.statusBarItem('alarms OK').count(), 0);
  });

  it('are said in the view, beside what was known before', async () => {
    const alarms = workbench.section('Alarms');
    await workbench.treeItem(/The AWS credentials of .* have expired/, alarms).waitFor();
    await workbench.treeItem(/cluster-failed-nodes/, alarms).waitFor();
  });

  it('are said before the alarms where one is chosen, with the way out', async () => {
    await workbench.statusBarItem('Alarms unknown').click();
    await workbench.pick('unknown');
    const notice = workbench.notification('have expired');
    await workbench.button('Open File', notice).waitFor();
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

  it('do not delay each other: every scope says its own trouble and the way out', async () => {
    for (const other of ['Clusters', 'Activity']) await workbench.section(other).locator('.pane-header').click();
    await writeProfiles({ adrift: ['services = lab'], corp: signsIn });
    scripted.on('DescribeAlarms', () => new Promise(() => undefined)); // never answers
    const refusing = await startScriptedAws();
    refusing.on('DescribeAlarms', awsError('UnrecognizedClientException'));
    const { url: china } = refusing;
    await userData.set(
      {
        'jarvis.aws.scopes': [
          { label: 'Seoul' },
          { label: 'Signed out', profile: 'corp' },
          { label: 'Adrift', profile: 'adrift' },
          { label: 'Misspelt', profile: 'nobody' },
          { label: 'Beijing', region: 'cn-north-1', endpointUrl: china },
          { label: 'Hanging', endpointUrl: scripted.url },
        ],
      },
      workbench.page,
    );
    const alarms = workbench.section('Alarms');
    const says = (text: string | RegExp) => workbench.treeItem(text, alarms).waitFor();
    await says('cluster-failed-nodes');
    await says(/The AWS sign-in of corp has ended. Sign in again: aws sso login --profile corp/);
    await says(/No AWS region is set for adrift/);
    await says(/The AWS profile nobody is not in the shared config files/);
    await says(/The credentials of jarvis-lab belong to aws; cn-north-1 is in aws-cn/);
    await says(/has not answered for 10 s/);
    await workbench.screenshot('state-aws-scopes');
    await refusing.close();
  });

  it('are seen to be solved without a click', async () => {
    const alarms = workbench.section('Alarms');
    const { region } = lab.description.aws ?? assert.fail('the lab has no AWS');
    const good = ['services = lab', `region = ${region}`];
    await writeProfiles({ adrift: good, corp: signsIn, nobody: good });
    for (const trouble of [/No AWS region is set/, /The AWS profile nobody is not/])
      await workbench.treeItem(trouble, alarms).waitFor({ state: 'detached' });
  });
});

const signsIn = ['region = us-east-1', ...ssoProfile];

/** Writes AWS's two files: the lab's own profile as it was, others beside it, with the lab's keys unless they sign in. */
async function profileWriter(lab: Lab) {
  const { configFile, credentialsFile, profile } = lab.description.aws ?? assert.fail('the lab has no AWS');
  const config = await readFile(configFile, 'utf8');
  const credentials = await readFile(credentialsFile, 'utf8');
  return async (profiles: Readonly<Record<string, readonly string[]>>) => {
    const sections = Object.entries(profiles).map(([name, lines]) => [`[profile ${name}]`, ...lines, ''].join('\n'));
    const withKeys = Object.keys(profiles).filter((name) => profiles[name] !== signsIn);
    const keys = withKeys.map((name) => credentials.replace(`[${profile}]`, `[${name}]`));
    await writeFile(credentialsFile, [credentials, ...keys].join('\n'));
    await writeFile(configFile, [config, ...sections].join('\n'));
  };
}
