import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Manifest } from '../cluster/client.ts';
import { criLine } from './cri-line.ts';

/** What kwok answers with where a kubelet would ask its containers. */
export interface Kubelet {
  /** kwok's PATH: the commands that exec finds. */
  readonly commands: string;
  /** kwok's rules for exec, port-forward and the logs of pods that have none of their own. */
  readonly rules: readonly Manifest[];
  close(): Promise<void>;
}

/** @param folder becomes the home of the containers' commands and of what they have said. */
export async function startKubelet(folder: string): Promise<Kubelet> {
  const commands = join(folder, 'commands');
  const log = join(folder, 'container.log');
  const home = join(folder, 'home');
  await Promise.all([commands, home].map((path) => mkdir(path, { recursive: true })));
  await Promise.all([writeShell(commands, 'sh'), writeShell(commands, 'bash'), writeFile(log, criLine('started'))]);
  const server = await startContainerServer();
  const { port } = server.address() as AddressInfo;
  return {
    commands,
    rules: [
      rule('ClusterLogs', { logs: [{ logsFile: log }] }),
      rule('ClusterExec', { execs: [{ local: { workDir: home } }] }),
      rule('ClusterPortForward', { forwards: [{ target: { address: '127.0.0.1', port } }] }),
    ],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const rule = (kind: string, spec: object): Manifest => ({
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind,
  metadata: { name: 'every-container' },
  spec,
});

/**
 * A shell that can do no harm: kwok runs exec's command on this machine, and who thinks to be in a container may clean
 * up. Bash's restricted mode runs no command outside PATH, which holds shells alone, and writes no file.
 */
async function writeShell(folder: string, name: string): Promise<void> {
  const script = `#!/bin/bash\nPATH=${JSON.stringify(folder)} exec /bin/bash --noprofile --norc --restricted "$@"\n`;
  await writeFile(join(folder, name), script, { mode: 0o755 });
}

/** What every port of every pod leads to. */
async function startContainerServer() {
  const server = createServer((request, response) => {
    response.end(`a container of the lab heard ${request.method ?? ''} ${request.url ?? ''}\n`);
  });
  server.listen(0, '127.0.0.1');
  // a start that fails half-way does not wait for it
  server.unref();
  await once(server, 'listening');
  return server;
}
