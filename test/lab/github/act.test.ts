import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../../src/core/clock.ts';
import type { Intent, RouteProgress } from '../../../src/domain/remediation/route.ts';
import type { Exchange } from '../../../src/practice/github/pipeline.ts';
import { until } from '../../support/fast-clock.ts';
import { scaleInputs } from '../../support/github/practice.ts';
import { githubRoute, intent, signal } from '../../support/github/route-world.ts';
import { assertAsGithub } from '../../support/github/schemas.ts';
import { isAlive } from '../build/cached.ts';
import { type LabGithub, startLabGithub } from './start-lab-github.ts';

const run = promisify(execFile);

describe("The lab's GitHub, with act", function () {
  this.timeout(60_000);
  let folder: string;
  let github: LabGithub;
  const exchanges: Exchange[] = [];

  before(async function () {
    this.timeout(300_000); // the first start installs act
    folder = await mkdtemp(join(tmpdir(), 'jarvis-github-'));
    await writeFile(join(folder, 'kubeconfig'), 'of prod');
    await writeRecordingKubectl(join(folder, 'bin'), join(folder, 'calls'));
    github = await startLabGithub({
      folder: join(folder, 'github'),
      cluster: 'prod',
      kubeconfig: join(folder, 'kubeconfig'),
      binPath: join(folder, 'bin'),
      onExchange: (exchange) => exchanges.push(exchange),
    });
  });

  after(async () => {
    await github.close();
    assert.deepEqual(await readdir(join(folder, 'github', 'jobs')), [], 'every job removed its folder');
    await rm(folder, { recursive: true });
    for (const exchange of exchanges) assertAsGithub(exchange);
  });

  /** Dispatches through the product's own route; that no HPA is the intent's own is not asked here. */
  async function send(workflow: string, values: Intent['values'] = {}) {
    const { apiUrl, repository, token } = github;
    const settings = () => ({ apiUrl, repository, ref: 'main', workflows: { scaleHpa: workflow } });
    const route = githubRoute(settings, token, systemClock);
    const request = await route.prepare({ ...intent('jv-1', { ...scaleInputs(), ...values }), plannedFor: '' }, signal);
    return { route, request, handle: await route.send(request, signal) };
  }

  async function follow(workflow: string, values?: Intent['values']) {
    const told: RouteProgress[] = [];
    const { route, handle } = await send(workflow, values);
    const result = await route.follow(handle, (progress) => told.push(progress), signal);
    const steps = told.at(-1)?.jobs[0]?.steps.map(({ name, status }) => `${name}: ${status}`) ?? [];
    return { ...result, steps };
  }

  const patches = async () => {
    const calls = (await readFile(join(folder, 'calls'), 'utf8')).split('\n').filter((line) => line !== '');
    return calls.map((line) => line.split('\u001f').slice(0, -1)).filter((args) => args.includes('patch'));
  };

  it('patches the HPA that the plan names', async () => {
    const { outcome, steps } = await follow('scale.yml');
    assert.equal(outcome, 'success');
    assert.ok(steps.includes('Patch maxReplicas: success'), steps.join('\n'));
    const [args = []] = await patches();
    assert.deepEqual(
      args.filter((arg) => arg !== ''),
      [
        ...['--namespace=sock-shop', 'patch', 'horizontalpodautoscalers.autoscaling'],
        ...['--field-manager=jarvis', '--type=merge'],
        '--patch={"metadata":{"annotations":{"jarvis.dev/plan":"jv-1"}},"spec":{"maxReplicas":10}}',
        ...['--', 'front-end'],
      ],
    );
  });

  it('takes hostile names as names', async () => {
    const hostile = { namespace: `$(touch ${folder}/pwned)`, hpa: `--all; "\`touch ${folder}/pwned\`` };
    assert.equal((await follow('scale.yml', hostile)).outcome, 'success');
    const args = (await patches()).at(-1) ?? [];
    assert.ok(args.includes(`--namespace=${hostile.namespace}`));
    assert.deepEqual(args.slice(args.indexOf('--')), ['--', hostile.hpa]);
    assert.ok(!(await readdir(folder)).includes('pwned'));
  });

  it('refuses a number that is none of replicas, and a cluster that it does not know', async () => {
    const before = (await patches()).length;
    const wrong = await follow('scale.yml', { max_replicas: '1.5' });
    assert.match(wrong.logTail?.join('\n') ?? '', /must be a whole number/);
    const unknown = await follow('scale.yml', { cluster: 'other' });
    assert.match(unknown.logTail?.join('\n') ?? '', /No cluster found for --name=other\./);
    for (const cluster of ['arn:aws:eks:us-east-1:123456789012:cluster/prod', 'prod.of.others']) {
      const namesake = await follow('scale.yml', { cluster });
      assert.match(namesake.logTail?.join('\n') ?? '', /may act on arn:aws:eks:ap-northeast-2:\d+:cluster\/prod alone/);
    }
    assert.equal((await patches()).length, before);
  });

  it('fails with the log of the step that failed', async () => {
    const { outcome, steps, logTail } = await follow('scale-fails.yml');
    assert.equal(outcome, 'failure');
    assert.deepEqual(steps.slice(1, 5), [
      'Assume the deploy role: success',
      'Patch maxReplicas: failure',
      'Show the HPA after: skipped',
      'Give the role back: success',
    ]);
    assert.match(logTail?.join('\n') ?? '', /is forbidden\nProcess completed with exit code 1\.$/);
  });

  it('says success though nothing was changed', async () => {
    const before = (await patches()).length;
    assert.equal((await follow('scale-says-success.yml')).outcome, 'success');
    assert.equal((await patches()).length, before);
  });

  it('tells before the dispatch that an input is lacking', async () => {
    const settings = () => ({ ...github, ref: '', workflows: { scaleHpa: 'scale-lacks-input.yml' } });
    const route = githubRoute(settings, github.token, systemClock);
    const request = await route.prepare({ ...intent(), plannedFor: '' }, signal);
    assert.deepEqual(
      (await route.check(request, signal)).map(({ code }) => code),
      ['github.inputMissing'],
    );
  });

  it('ends the steps and all that they started when a run is cancelled, after the steps that always run', async () => {
    const pidFile = join(folder, 'pid');
    await commit('leaves-a-child.yml', leavesAChild(pidFile));
    const { route, handle } = await send('leaves-a-child.yml');
    await until('the child runs', async () => (await readFile(pidFile, 'utf8').catch(() => '')).trim() !== '');
    const child = Number(await readFile(pidFile, 'utf8'));
    await route.cancel(handle, signal);
    const told: RouteProgress[] = [];
    const result = await route.follow(handle, (progress) => told.push(progress), signal);
    assert.equal(result.outcome, 'cancelled');
    const steps = told.at(-1)?.jobs[0]?.steps.map(({ status }) => status);
    assert.deepEqual(steps, ['success', 'cancelled', 'skipped', 'success', 'success']);
    await until('the child has ended', () => !isAlive(child));
  });

  it('waits for the approval of an environment, and for ever for a runner that nobody has', async () => {
    const approving = await send('scale-with-approval.yml');
    const told: RouteProgress[] = [];
    const result = approving.route.follow(approving.handle, (progress) => told.push(progress), signal);
    await until('the wait is told', () => told.at(-1)?.status === 'waiting');
    const before = (await patches()).length;
    await approve(Number(approving.handle.payload['runId']));
    assert.equal((await result).outcome, 'success');
    assert.equal((await patches()).length, before + 1);

    const { route, handle } = await send('scale-never-starts.yml');
    const stop = new AbortController();
    const queued: RouteProgress[] = [];
    const watching = route.follow(handle, (progress) => queued.push(progress), stop.signal);
    await until('it was looked at twice', () => queued.length >= 2);
    assert.equal(queued.at(-1)?.status, 'queued');
    stop.abort();
    await assert.rejects(watching);
    await route.cancel(handle, signal);
  });

  async function approve(runId: number) {
    const url = `${github.apiUrl}/repos/${github.repository}/actions/runs/${runId}/pending_deployments`;
    const headers = { authorization: `Bearer ${github.token}` };
    const gates = (await (await fetch(url, { headers })).json()) as { environment: { id: number } }[];
    const environment_ids = gates.map(({ environment }) => environment.id);
    const body = JSON.stringify({ environment_ids, state: 'approved', comment: 'go' });
    assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 200);
  }

  async function commit(name: string, text: string) {
    await writeFile(join(github.workTree, '.github', 'workflows', name), text);
    const author = ['-c', 'user.name=Lab', '-c', 'user.email=lab@example.com'];
    await run('git', ['-C', github.workTree, 'add', '--all']);
    await run('git', ['-C', github.workTree, ...author, 'commit', '--quiet', '--message', `Add ${name}`]);
  }
});

/** A kubectl that writes down what it was called with, an argument a field, if it has the kubeconfig. */
async function writeRecordingKubectl(bin: string, calls: string) {
  await mkdir(bin, { recursive: true });
  const script = `#!/bin/bash
grep -q 'of prod' "$KUBECONFIG" || exit 1
{ printf '%s\\x1f' "$@"; echo; } >> '${calls}'
echo "called $*"
`;
  await writeFile(join(bin, 'kubectl'), script);
  await chmod(join(bin, 'kubectl'), 0o755);
}

function leavesAChild(pidFile: string): string {
  const inputs = Object.keys(scaleInputs()).map((name) => `      ${name}: { type: string }`);
  return `on:
  workflow_dispatch:
    inputs:
${inputs.join('\n')}
jobs:
  scale:
    runs-on: ubuntu-latest
    steps:
      - run: |
          sleep 300 &
          echo $! > '${pidFile}'
          wait
      - run: echo never
      - if: always()
        run: echo always
`;
}
