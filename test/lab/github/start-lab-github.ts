import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { gitRepository } from '../../../src/practice/github/git-repository.ts';
import { type GithubOptions, type PracticeGithub, startGithub } from '../../../src/practice/github/server.ts';
import type { Progress } from '../build/cached.ts';
import { installedAct } from './act.ts';
import { type ActRunnerOptions, actRunner } from './act-runner.ts';
import { localActions, writeAws } from './stand-ins.ts';
import { labSetUp, writeWorkflows } from './team-files.ts';

const run = promisify(execFile);

export interface LabGithubOptions {
  /** A folder of the lab's own; the repository and the running jobs live in it. */
  readonly folder: string;
  /** The one EKS cluster that the workflows' steps can sign in to, and the kubeconfig that they get then. */
  readonly cluster: string;
  readonly kubeconfig: string;
  /** Folder that holds kubectl and helm3; first in the steps' PATH. */
  readonly binPath: string;
  /** Hears of slow first-time work. */
  readonly log?: Progress;
  readonly onExchange?: GithubOptions['onExchange'];
  readonly onSpawn?: ActRunnerOptions['onSpawn'];
}

export interface LabGithub {
  readonly apiUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly token: string;
  /** May read, may not dispatch. */
  readonly readerToken: string;
  /** The repository's folder; what is committed there is what GitHub has. */
  readonly workTree: string;
  /** A folder: what is called there as an IAM role is the kubeconfig of runs that have assumed it. */
  readonly kubeconfigs: string;
  /** Makes things go wrong. */
  readonly control: PracticeGithub;
  close(): Promise<void>;
}

/** GitHub for the lab: a real git repository with real workflows, run by act against the lab's cluster. */
export async function startLabGithub(options: LabGithubOptions): Promise<LabGithub> {
  const workTree = join(options.folder, 'repository');
  const temporary = join(options.folder, 'jobs');
  await mkdir(temporary, { recursive: true });
  const [act] = await Promise.all([installedAct(options.log ?? (() => undefined)), makeRepository(workTree)]);
  const kubeconfigs = join(options.folder, 'kubeconfigs');
  await mkdir(kubeconfigs, { recursive: true });
  const aws = await writeAws(join(options.folder, 'bin'), { ...options, kubeconfigs });
  // GitHub's own runners have Helm
  await symlink(join(options.binPath, 'helm3'), join(aws, 'helm'));
  const PATH = [aws, options.binPath, process.env['PATH'] ?? ''].join(delimiter);
  const runner = actRunner({
    act,
    temporary,
    env: { PATH, LANG: 'C.UTF-8' },
    actions: localActions,
    ...(options.onSpawn && { onSpawn: options.onSpawn }),
  });
  const { repository } = labSetUp.team;
  const [token, readerToken] = [newToken(), newToken()];
  const control = await startGithub({
    repository,
    source: await gitRepository(workTree),
    runner,
    tokens: {
      [token]: { login: 'lab-engineer', access: 'write' },
      [readerToken]: { login: 'lab-reader', access: 'read' },
    },
    protectedEnvironments: ['production'],
    openEnvironments: [labSetUp.team.environment],
    ...(options.onExchange && { onExchange: options.onExchange }),
  });
  const places = { apiUrl: control.apiUrl, repository, workTree, kubeconfigs };
  return { ...places, token, readerToken, control, close: () => control.close() };
}

async function makeRepository(workTree: string): Promise<void> {
  await cp(join(import.meta.dirname, 'repository'), workTree, { recursive: true });
  await writeWorkflows(workTree);
  const git = (...args: string[]) => run('git', ['-C', workTree, ...args]);
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  const author = ['-c', 'user.name=Lab', '-c', 'user.email=lab@example.com', '-c', 'commit.gpgsign=false'];
  await git(...author, 'commit', '--quiet', '--message', 'Add the workflows');
}

function newToken(): string {
  return `ghp_${randomBytes(18).toString('hex')}`;
}
