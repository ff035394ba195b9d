import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent } from 'undici';
import { systemClock } from '../../../src/core/clock.ts';
import { AttentionWatch } from '../../../src/domain/attention/attention-watch.ts';
import { namespacesBranch } from '../../../src/features/clusters/namespaces.ts';
import { podsBranch } from '../../../src/features/clusters/workloads/pods.ts';
import { type CrowdHome, crowdNamespace } from '../../support/kubernetes/crowd.ts';
import { framesOf } from '../../support/kubernetes/recording.ts';
import { ReplayServer } from '../../support/kubernetes/replay.ts';
import { median } from '../benchmark.ts';
import { type Cost, costOf, medianCost } from './cost.ts';
import { View, warmClient } from './tree.ts';

const rounds = 5;
const isMeant = () => true;

/** The same work a few times, after once that is not counted. */
async function repeated(round: () => Promise<Cost>): Promise<Cost> {
  await round();
  const costs: Cost[] = [];
  for (let number = 0; number < rounds; number++) costs.push(await round());
  return medianCost(costs, median);
}

/** A JSON list of all pods, which nobody parses. */
async function raw({ server, authority, token }: CrowdHome): Promise<Cost> {
  const agent = new Agent({ connect: { ca: authority } });
  const read = async () => {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    const { body } = await agent.request({ origin: server, path: '/api/v1/pods', method: 'GET', headers });
    body.resume();
    await once(body, 'end');
  };
  return repeated(() => costOf(read));
}

/** client-node's own list, watch and cache. */
async function informer(kubeconfig: string): Promise<Cost> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  return repeated(async () => {
    const held = makeInformer(config, '/api/v1/pods', () => api.listPodForAllNamespaces());
    held.on('error', () => undefined);
    const cost = await costOf(() => held.start());
    await held.stop();
    // its connection lets go of it later
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return cost;
  });
}

/** A namespace with all pods, from the click to the last row. */
async function tree(kubeconfig: string): Promise<Cost & { readonly firstRowsMs: number }> {
  const firsts: number[] = [];
  const cost = await repeated(async () => {
    const warm = await warmClient(kubeconfig);
    const { ports, ref } = warm;
    let view: View | undefined;
    const round = await costOf(() => {
      view = new View(podsBranch(ports, { ref, namespace: crowdNamespace }, { isMeant }));
      return view.whole();
    });
    firsts.push(view?.firstRowsMs ?? Infinity);
    view?.dispose();
    warm.dispose();
    return round;
  });
  return { ...cost, firstRowsMs: median(firsts.slice(1)) };
}

/** A big cluster: its namespaces, one of them, and all that needs attention in it. */
async function crowd(kubeconfig: string): Promise<Record<'namespaces' | 'one' | 'all', Cost>> {
  const warm = await warmClient(kubeconfig);
  const { client, ports, ref } = warm;
  const views: View[] = [];
  const opened = (view: View) => {
    views.push(view);
    return view.whole();
  };
  const namespaces = await costOf(() => opened(new View(namespacesBranch(ports, ref))));
  const one = await costOf(() => opened(new View(podsBranch(ports, { ref, namespace: crowdNamespace }, { isMeant }))));
  let attention: AttentionWatch | undefined;
  const all = await costOf(() => {
    const watch = (attention = new AttentionWatch(client.cluster(ref), systemClock));
    return new Promise<void>((resolve) => {
      watch.onDidChange(() => !watch.isJudging && watch.gaps.length === 0 && resolve());
    });
  });
  attention?.dispose();
  for (const view of views) view.dispose();
  warm.dispose();
  return { namespaces, one, all };
}

/** Pods of a namespace are replaced by others while it is looked at, and what needs attention is too. */
async function rollout({ kubeconfig, server, count, ms }: Rollout): Promise<Cost & { readonly redraws: number }> {
  const warm = await warmClient(kubeconfig);
  const { client, ports, ref } = warm;
  const view = new View(podsBranch(ports, { ref, namespace: crowdNamespace }, { isMeant }));
  const attention = new AttentionWatch(client.cluster(ref), systemClock);
  await view.whole();
  while (attention.isJudging || attention.gaps.length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const before = view.redraws;
  const cost = await costOf(() => fetch(`${server}/roll-out?count=${count}&ms=${ms}`, { method: 'POST' }));
  const redraws = view.redraws - before;
  attention.dispose();
  view.dispose();
  warm.dispose();
  return { ...cost, redraws };
}
export interface Rollout {
  readonly kubeconfig: string;
  readonly server: string;
  readonly count: number;
  /** How long it takes. */
  readonly ms: number;
}

/** The server of the crowd, until its parent goes. */
async function replay(options: Replay): Promise<{ readonly url: string }> {
  const { url } = await ReplayServer.start({ ...options, frames: framesOf(await readFile(options.file)) });
  void once(process, 'disconnect').then(() => process.exit());
  return { url };
}
export interface Replay {
  /** Of recorded events, each with its length before it. */
  readonly file: string;
  readonly copies: number;
  readonly namespaces: number;
  readonly nodes: number;
  readonly first: number;
}

/** What is measured in a process of its own, so that no other's garbage is counted. */
export const jobs = { raw, informer, tree, crowd, rollout, replay };
export type Jobs = typeof jobs;
