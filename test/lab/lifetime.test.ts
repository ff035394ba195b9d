import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { run } from './process/run.ts';
import { until } from './process/until.ts';

const Description = v.object({
  kubeconfig: v.string(),
  bin: v.string(),
  aws: v.object({ queueUrl: v.string() }),
  github: v.object({ apiUrl: v.string(), repository: v.string(), token: v.string() }),
  control: v.object({ url: v.string() }),
});
type Description = v.InferOutput<typeof Description>;

interface OtherLab {
  readonly process: ChildProcess;
  readonly description: Description;
}

const main = join(import.meta.dirname, 'main.ts');

describe('labs in processes of their own', function () {
  this.timeout('20m');
  let labs: OtherLab[];

  before(async () => (labs = await Promise.all([start(), start()])));
  after(() => {
    for (const lab of labs) lab.process.kill('SIGKILL');
  });

  it('do not collide, end at once on SIGTERM, and leave nothing behind even after SIGKILL', async () => {
    const [one, other] = labs;
    assert(one && other);
    await kubectl(one.description, 'create', 'configmap', 'mine');
    await assert.rejects(kubectl(other.description, 'get', 'configmap', 'mine'), /NotFound/);

    const begin = Date.now();
    one.process.kill('SIGTERM');
    await once(one.process, 'exit');
    assert.equal(one.process.exitCode, 0);
    assert(Date.now() - begin < 10_000, 'SIGTERM ends it within ten seconds');
    await nothingLeft(one.description);

    await kubectl(other.description, 'get', 'namespaces');
    await runSlowWorkflow(other.description);
    other.process.kill('SIGKILL');
    await nothingLeft(other.description);
  });
});

/** As a person starts it. @returns when it has printed its one line. */
async function start(): Promise<OtherLab> {
  const child = spawn(process.execPath, [main, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { process: child, description: v.parse(Description, JSON.parse(line)) };
  }
  throw new Error('the lab ended without a line');
}

function kubectl({ kubeconfig, bin }: Description, ...args: string[]): Promise<string> {
  return run(join(bin, 'kubectl'), ['--kubeconfig', kubeconfig, ...args]);
}

/** Has act at work when the end comes. */
async function runSlowWorkflow({ kubeconfig, github }: Description): Promise<void> {
  const answer = await fetch(
    `${github.apiUrl}/repos/${github.repository}/actions/workflows/scale-slow.yml/dispatches`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${github.token}` },
      body: JSON.stringify({ ref: 'main', inputs }),
    },
  );
  assert(answer.ok, await answer.text());
  const jobs = join(dirname(kubeconfig), 'github', 'jobs');
  await until('act runs', async () => (await run('ps', ['-eo', 'args'])).includes(jobs));
}

const inputs = { cluster: 'prod-seoul', namespace: 'sock-shop', hpa: 'front-end', max_replicas: '5', plan_id: 'slow' };

/** Its folder is gone, and so are its servers: the processes named after the folder, and the ports. */
async function nothingLeft({ kubeconfig, aws, control }: Description): Promise<void> {
  const folder = dirname(kubeconfig);
  await until('the folder is removed', () => Promise.resolve(!existsSync(folder)), { seconds: 10 });
  const processes = await run('ps', ['-eo', 'args']);
  assert(!processes.includes(folder), processes);
  for (const url of [aws.queueUrl, control.url]) assert.equal(await accepts(url), false, url);
}

function accepts(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = createConnection(Number(port), hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
