import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClusters } from '../../src/clients/kubernetes/clusters.ts';
import { Engine } from '../../src/clients/kubernetes/engine.ts';
import type { Transport } from '../../src/clients/kubernetes/transport.ts';
import { systemClock } from '../../src/core/clock.ts';
import { valueOf } from '../../src/core/loadable.ts';
import { silentLogger } from '../../src/core/log.ts';
import type { ClusterRef } from '../../src/domain/kubernetes/model.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { type Benchmark, median } from './benchmark.ts';

const pods = 5000;
const rounds = 5;
const { signal } = new AbortController();

/** All pods of a real API server by the reflector, against a raw JSON list of them that nobody parses. */
export const benchmark: Benchmark = {
  async run() {
    const lab = await startLab({ parts: [] });
    const folder = await mkdtemp(join(tmpdir(), 'jarvis-bench-'));
    const kubeconfig = await pastTheProxy(lab, folder);
    const engine = new Engine(optionsFor(kubeconfig));
    try {
      const [ref] = (await engine.files.load()).contexts;
      if (!ref) throw new Error('The lab has no context.');
      const { transport } = engine.connection(ref);
      await createPods(transport);
      const raw: number[] = [];
      const watched: number[] = [];
      for (let round = 0; round < rounds; round++) {
        raw.push(await timed(() => transport.bytes({ path: '/api/v1/pods' }, signal)));
        watched.push(await watchAll(kubeconfig, ref));
      }
      const floor = { what: 'a JSON list that nobody parses', value: median(raw) };
      return [{ what: `${pods} pods, watched`, value: median(watched), unit: 'ms', floor, ratioLimit: 1.25 }];
    } finally {
      engine.dispose();
      await lab.close();
      await rm(folder, { recursive: true });
    }
  },
};

/** The API server itself: the lab's fault proxy would run in this process and be measured too. */
async function pastTheProxy(lab: Lab, folder: string): Promise<string> {
  const path = join(folder, 'kubeconfig');
  await writeFile(path, await lab.kubectl('config', 'view', '--raw', '--flatten'));
  return path;
}

function optionsFor(kubeconfig: string) {
  return { kubeconfigPaths: () => [kubeconfig], env: process.env, clock: systemClock, log: silentLogger };
}

/** A client of its own, warm (connected, its modules loaded), until the whole list is there. */
async function watchAll(kubeconfig: string, ref: ClusterRef): Promise<number> {
  const client = createClusters(optionsFor(kubeconfig));
  try {
    const cluster = client.cluster(ref);
    await cluster.may({ verb: 'list', group: '', resource: 'pods' });
    return await timed(async () => {
      const { store } = cluster.watch('pods');
      await new Promise<void>((resolve) => {
        store.onDidChange(() => {
          if ((valueOf(store.objects)?.size ?? 0) >= pods) resolve();
        });
      });
    });
  } finally {
    client.dispose();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Already bound to a node, so that the scheduler has no part in it. */
async function createPods(transport: Transport): Promise<void> {
  const path = '/api/v1/namespaces/default/pods';
  let next = 0;
  const worker = async () => {
    for (let number = next++; number < pods; number = next++)
      await transport.json(
        { method: 'POST', repeatable: true, path, body: { type: 'application/json', content: pod(number) } },
        signal,
      );
  };
  await Promise.all(Array.from({ length: 40 }, worker));
}

function pod(number: number): unknown {
  const resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } };
  const env = Array.from({ length: 10 }, (_, index) => ({ name: `SETTING_${index}`, value: `value ${index}` }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${number}`, labels: { app: `app-${number % 100}` } },
    spec: { nodeName: 'bench', containers: [{ name: 'app', image: 'registry.example/app:1.2.3', resources, env }] },
  };
}
