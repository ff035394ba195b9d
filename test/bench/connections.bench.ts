import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClusters } from '../../src/clients/kubernetes/clusters.ts';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/log.ts';
import { whenKnown } from '../../src/core/when-known.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import type { Benchmark } from './benchmark.ts';

const reads = 20;
const server = /https:\/\/127\.0\.0\.1:\d+/;

/** What twenty reads, one after the other, cost an API server in connections; the peer makes an Agent for each. */
export const benchmark: Benchmark = {
  async run() {
    const lab = await startLab({ parts: [] });
    const folder = await mkdtemp(join(tmpdir(), 'jarvis-bench-'));
    try {
      const ours = await counted(lab, join(folder, 'ours'), readByJarvis);
      const theirs = await counted(lab, join(folder, 'theirs'), readByClientNode);
      const floor = { what: 'client-node as it is', value: theirs };
      return [{ what: `${reads} Kubernetes reads`, value: ours, unit: 'connections', floor, limit: 2 }];
    } finally {
      await lab.close();
      await rm(folder, { recursive: true });
    }
  },
};

/** How many connections the work opens to the API server that its kubeconfig names. */
async function counted(lab: Lab, kubeconfig: string, work: (kubeconfig: string) => Promise<void>): Promise<number> {
  const admin = await lab.kubectl('config', 'view', '--raw', '--flatten');
  const target = Number(new URL(server.exec(admin)?.[0] ?? '').port);
  const sockets = new Set<Socket>();
  let opened = 0;
  const tunnel = createServer((near) => {
    opened++;
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket.on('error', () => socket.destroy()));
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  try {
    await once(tunnel, 'listening');
    const { port } = tunnel.address() as AddressInfo;
    await writeFile(kubeconfig, admin.replace(server, `https://127.0.0.1:${port}`));
    await work(kubeconfig);
    return opened;
  } finally {
    tunnel.close();
    for (const socket of sockets) socket.destroy();
  }
}

async function readByJarvis(kubeconfig: string): Promise<void> {
  const options = { kubeconfigPaths: () => [kubeconfig], env: process.env, clock: systemClock, log: silentLogger };
  const client = createClusters(options);
  try {
    const contexts = await whenKnown(() => client.contexts, client.onDidChange, AbortSignal.timeout(10_000));
    const [ref] = contexts;
    if (!ref) throw new Error('The lab has no context.');
    for (let read = 0; read < reads; read++)
      await client.cluster(ref).may({ verb: `get${read}`, group: '', resource: 'pods' });
  } finally {
    client.dispose();
  }
}

async function readByClientNode(kubeconfig: string): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  for (let read = 0; read < reads; read++) await api.readNamespace({ name: 'default' });
}
