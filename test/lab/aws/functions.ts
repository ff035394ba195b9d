import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { clusterName } from '../cluster/kubeconfig.ts';
import type { LabGithub } from '../github/start-lab-github.ts';
import { run } from '../process/run.ts';
import { until } from '../process/until.ts';
import { teamFunctions, teamWorkflows } from '../team.ts';
import { accountId, region } from './ministack.ts';
import { credentials } from './profile.ts';

export interface LabFunction {
  readonly name: string;
  /** `folder/index.export` of `functions/`. */
  readonly handler: string;
  readonly timeoutSeconds?: number;
}

interface Deployment {
  /** Lambda's address. */
  readonly endpoint: string;
  /** For the package; it must exist. */
  readonly folder: string;
  /** What the functions find in their environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Those that remedies go through, and the one that starts the workflow of any remedy. */
export const teamHandlers: readonly LabFunction[] = [
  ...new Set([...Object.values(teamFunctions), 'jarvis-dispatch'] as const),
].map((name) => ({ name, handler: `${folderOf(name)}/index.handler` }));

/** What the team's functions are configured with: the cluster that they are for, and the repository. */
export function functionEnvironment(
  cluster: { readonly server: string; readonly authority: string; readonly token: string },
  github: Pick<LabGithub, 'apiUrl' | 'repository' | 'token'> | undefined,
): Readonly<Record<string, string>> {
  return {
    CLUSTER: clusterName,
    KUBERNETES_SERVER: cluster.server,
    KUBERNETES_CA: cluster.authority,
    KUBERNETES_TOKEN: cluster.token,
    ...(github && {
      GITHUB_API_URL: github.apiUrl,
      GITHUB_REPOSITORY: github.repository,
      GITHUB_REF: 'main',
      GITHUB_TOKEN: github.token,
      WORKFLOWS: JSON.stringify(teamWorkflows),
    }),
  };
}

/** Gives Lambda the handlers of `functions/` as one package, and makes a function of each that is named. */
export async function deployFunctions(functions: readonly LabFunction[], deployment: Deployment): Promise<void> {
  const { endpoint, folder, environment = {} } = deployment;
  const path = join(folder, 'functions.zip');
  await run('python3', ['-m', 'zipfile', '-c', path, ...packaged]);
  const lambda = new LambdaClient({ endpoint, region, credentials });
  try {
    const ZipFile = await readFile(path);
    const create = async ({ name, handler, timeoutSeconds = 10 }: LabFunction) => {
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName: name,
          Handler: handler,
          Timeout: timeoutSeconds,
          Runtime: 'nodejs22.x',
          Role: `arn:aws:iam::${accountId}:role/jarvis`,
          Environment: { Variables: { ...environment } },
          Code: { ZipFile },
        }),
      );
      const state = new GetFunctionConfigurationCommand({ FunctionName: name });
      await until(`${name} is active`, async () => (await lambda.send(state)).State === 'Active');
    };
    await Promise.all(functions.map(create));
  } finally {
    lambda.destroy();
  }
}

const packaged = ['shared', 'faulty', ...teamHandlers.map(({ name }) => folderOf(name))].map((name) =>
  join(import.meta.dirname, 'functions', name),
);

function folderOf(name: string): string {
  return name.replace(/^jarvis-/, '');
}

/** Leaves the function no concurrency at all: every invocation is throttled. */
export async function reserveNothing(endpoint: string, name: string): Promise<void> {
  const lambda = new LambdaClient({ endpoint, region, credentials });
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 0 }));
  lambda.destroy();
}
