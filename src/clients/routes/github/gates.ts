import { JarvisError } from '../../../core/errors.ts';
import type { RouteGate } from '../../../domain/remediation/route.ts';
import type { GithubClient } from '../../github/client.ts';
import type { GithubRequest } from './payload.ts';

/** The environments that the workflow names at the ref. @throws JarvisError github.* where the file cannot be read */
export async function gatesOf(
  client: GithubClient,
  { workflow, ref }: GithubRequest,
  signal: AbortSignal,
): Promise<readonly RouteGate[]> {
  const [{ url }, text] = await Promise.all([
    client.access(signal),
    client.file(`.github/workflows/${workflow}`, ref, signal),
  ]);
  // The YAML parser loads with the first check.
  const { readWorkflow } = await import('../../github/workflow-file.ts');
  return Promise.all(
    readWorkflow(text).environments.map(async (name) => ({
      name,
      state: await stateOf(client, name, signal),
      url: `${url}/settings/environments`,
    })),
  );
}

async function stateOf(client: GithubClient, name: string, signal: AbortSignal): Promise<RouteGate['state']> {
  if (name.includes('${{')) return 'unknown';
  try {
    return (await client.asksForApproval(name, signal)) ? 'guarded' : 'open';
  } catch (error) {
    if (!(error instanceof JarvisError)) throw error;
    if (error.code === 'github.notFound') return 'missing';
    if (error.code === 'github.forbidden') return 'unknown';
    throw error;
  }
}
