import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Lab, startLab } from '../lab/lab.ts';
import { Stack } from '../lab/process/stack.ts';
import { kubeconfigFor } from '../support/kubernetes/client.ts';
import { type CrowdHome, createCrowd } from '../support/kubernetes/crowd.ts';
import { recordPods } from '../support/kubernetes/recording.ts';
import { done, start } from './big/child.ts';
import type { Cost } from './big/cost.ts';
import type { Replay } from './big/jobs.ts';
import { type Benchmark, type Measurement, median } from './benchmark.ts';

const pods = 10_000;
const copies = 5;
const many = pods * copies;
const rolledOut = { count: 2000, ms: 8000 };
const frameMs = 20;

/** A real API server with 10,000 pods; then what it streamed of them, told of 50,000. */
export const benchmark: Benchmark = {
  async run() {
    const owned = new Stack();
    try {
      const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-bench-'));
      await owned.add(folder, () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
      const file = path.join(folder, 'pods');
      const real = await measureReal(folder, file);
      return [...real, ...(await measureReplayed(folder, file)), await measureRollout(folder, file)].flat();
    } finally {
      await owned.close();
    }
  },
};

async function measureReal(folder: string, file: string): Promise<Measurement[]> {
  const lab = await startLab({ parts: [] });
  try {
    const { kubeconfig, home } = await pastTheProxy(lab, folder);
    await createCrowd(home, pods);
    const raw = await done('raw', home);
    const tree = await done('tree', kubeconfig);
    const informer = await done('informer', kubeconfig);
    const kubectl = await kubectlMs(lab, kubeconfig);
    await writeFile(file, Buffer.concat((await recordPods(home)).flatMap((frame) => [lengthOf(frame), frame])));
    return compared(tree, { raw, informer, kubectl });
  } finally {
    await lab.close();
  }
}

function compared(
  tree: Cost & { readonly firstRowsMs: number },
  { raw, informer, kubectl }: { readonly raw: Cost; readonly informer: Cost; readonly kubectl: number },
): Measurement[] {
  const what = (name: string) => `${amount(pods)} pods: ${name}`;
  const theirs = (value: number) => ({ what: "client-node's informer", value });
  return [
    { what: what('first rows'), value: tree.firstRowsMs, unit: 'ms', limit: 100 },
    {
      what: what('all in the tree'),
      value: tree.ms,
      unit: 'ms',
      floor: { what: 'a JSON list that nobody parses', value: raw.ms },
      ratioLimit: 0.7,
    },
    {
      what: what('all in the tree'),
      value: tree.ms,
      unit: 'ms',
      floor: { what: 'kubectl get pods -A', value: kubectl },
      ratioLimit: 1,
    },
    { what: what('all in the tree'), value: tree.ms, unit: 'ms', floor: theirs(informer.ms), ratioLimit: 1 },
    {
      what: what('kept'),
      value: tree.bytes / pods,
      unit: 'bytes a pod',
      floor: theirs(informer.bytes / pods),
      limit: 1024,
    },
    {
      what: what('CPU'),
      value: (1000 * tree.cpuMs) / pods,
      unit: 'µs a pod',
      floor: theirs((1000 * informer.cpuMs) / pods),
      ratioLimit: 1,
    },
    ...loopOf(what, tree, theirs(informer.loopMs)),
  ];
}

/** How long others had to wait: on the clock, where the server on the same machine has its part, and the thread's own. */
function loopOf(
  what: (name: string) => string,
  { loopMs, turnMs }: Cost,
  floor?: { readonly what: string; readonly value: number },
): Measurement[] {
  return [
    { what: what('event loop held'), value: loopMs, unit: 'ms', limit: frameMs, ...(floor && { floor }) },
    { what: what('its longest turn, CPU'), value: turnMs, unit: 'ms' },
  ];
}

/** 1,000 namespaces on 1,000 nodes. */
async function measureReplayed(folder: string, file: string): Promise<Measurement[]> {
  const server = await replayOf(folder, { file, copies, namespaces: 1000, nodes: 1000, first: 200 });
  try {
    const { namespaces, one, all } = await done('crowd', server.kubeconfig);
    const what = (name: string) => `${amount(many)} pods: ${name}`;
    return [
      { what: what('1,000 namespaces listed'), value: namespaces.ms, unit: 'ms', limit: 1000 },
      { what: what('a namespace of 200 opened'), value: one.ms, unit: 'ms', limit: 300 },
      { what: what('all judged for Needs attention'), value: all.ms, unit: 'ms' },
      { what: what('kept for Needs attention'), value: all.bytes / many, unit: 'bytes a pod', limit: 1024 },
      { what: what('CPU for Needs attention'), value: (1000 * all.cpuMs) / many, unit: 'µs a pod' },
      ...loopOf(what, all),
    ];
  } finally {
    await server.end();
  }
}

async function measureRollout(folder: string, file: string): Promise<Measurement[]> {
  const server = await replayOf(folder, { file, copies: 1, namespaces: 1, nodes: 1000, first: pods });
  try {
    const cost = await done('rollout', { ...rolledOut, kubeconfig: server.kubeconfig, server: server.url });
    const what = (name: string) => `Rollout of ${amount(rolledOut.count)} pods: ${name}`;
    return [
      { what: what('redraws'), value: cost.redraws / (cost.ms / 1000), unit: 'a second', limit: 5 },
      ...loopOf(what, cost),
    ];
  } finally {
    await server.end();
  }
}

async function replayOf(folder: string, replay: Replay) {
  const { result, end } = await start('replay', replay);
  const kubeconfig = path.join(folder, 'replay.kubeconfig');
  await writeFile(kubeconfig, JSON.stringify(kubeconfigFor(result.url)));
  return { url: result.url, kubeconfig, end };
}

/** The API server itself: the lab's fault proxy would be measured too. */
async function pastTheProxy(lab: Lab, folder: string): Promise<{ kubeconfig: string; home: CrowdHome }> {
  const kubeconfig = path.join(folder, 'kubeconfig');
  const text = await lab.kubectl('config', 'view', '--raw', '--flatten', '-o', 'json');
  await writeFile(kubeconfig, text);
  const { clusters, users } = JSON.parse(text) as AdminConfig;
  const [{ cluster }, { user }] = [clusters[0], users[0]];
  const authority = Buffer.from(cluster['certificate-authority-data'], 'base64').toString();
  return { kubeconfig, home: { server: cluster.server, authority, token: user.token } };
}
interface AdminConfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

async function kubectlMs(lab: Lab, kubeconfig: string): Promise<number> {
  const kubectl = path.join(lab.description.bin, 'kubectl');
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const began = performance.now();
    await promisify(execFile)(kubectl, ['get', 'pods', '-A', '--kubeconfig', kubeconfig], { maxBuffer: 2 ** 28 });
    times.push(performance.now() - began);
  }
  return median(times);
}

function lengthOf(frame: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(frame.length);
  return length;
}

function amount(count: number): string {
  return count.toLocaleString('en');
}
