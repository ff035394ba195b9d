import { spawn } from 'node:child_process';
import { join } from 'node:path';
import * as v from 'valibot';
import type { KubeClient } from './cluster/client.ts';
import { run } from './process/run.ts';
import { until } from './process/until.ts';

/** What Helm needs to work on the lab's cluster. */
export interface HelmInput {
  readonly bin: string;
  readonly kubeconfig: string;
  readonly client: KubeClient;
  /** Environment for Helm: no plugin, cache or setting of the user's. */
  readonly env: NodeJS.ProcessEnv;
}

/** The folder of a chart of the lab. */
export const chart = (name: string) => join(import.meta.dirname, 'chart', name);

export function runHelm(helm: 'helm3' | 'helm4', input: HelmInput, args: readonly string[]): Promise<string> {
  return run(join(input.bin, helm), [...args, '--kubeconfig', input.kubeconfig], { env: input.env });
}

/** An upgrade of the chart `ledger` that waits for a migration that no node takes. */
export const hangingUpgrade = ['--set', 'hangingMigration=true,tag=2.10.0'];

/** Begins an upgrade that hangs and kills Helm while its migration waits for a node. */
export async function killHalfWay(
  { bin, kubeconfig, client, env }: HelmInput,
  { release, namespace }: { readonly release: string; readonly namespace: string },
): Promise<void> {
  const args = ['upgrade', release, chart('ledger'), ...hangingUpgrade, '--namespace', namespace];
  const helm = spawn(join(bin, 'helm4'), [...args, '--kubeconfig', kubeconfig], { env, stdio: 'ignore' });
  const selector = encodeURIComponent(`name=${release}-migration`);
  try {
    await until(`the upgrade of ${release} hangs`, async () => {
      const found = await client.list(`/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`, v.unknown());
      return found.length > 0;
    });
  } finally {
    helm.kill('SIGKILL');
  }
}
