import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type SetUpRemedy, remedyNames } from '../../../src/domain/set-up/files.ts';
import type { Eks } from '../cluster/eks.ts';
import { clusterName } from '../cluster/kubeconfig.ts';
import type { LabGithub } from '../github/start-lab-github.ts';
import { filesOf, labSetUp, writeFiles } from '../github/team-files.ts';
import { teamFunctions, teamWorkflows } from '../team.ts';
import { deployFunctions, type LabFunction } from './functions.ts';

export interface TeamFunctionsOptions {
  /** ministack's. */
  readonly endpoint: string;
  /** For what is written and packed; it must exist. */
  readonly folder: string;
  readonly eks: Eks;
  readonly github: Pick<LabGithub, 'apiUrl' | 'repository' | 'token'> | undefined;
}

/**
 * What Set Up Remediation writes, as the team's functions with the environment that its Terraform gives them; and
 * `jarvis-dispatch`, which starts the workflow of any remedy.
 */
export async function deployTeamFunctions({ endpoint, folder, eks, github }: TeamFunctionsOptions): Promise<void> {
  await writeFiles(folder, await filesOf({ ...labSetUp, parts: ['functions'] }));
  const written = join(folder, 'deploy', 'jarvis', 'functions');
  const dispatching = github && (await dispatcher(endpoint, github));
  const patching = (remedy: SetUpRemedy): Partial<LabFunction> => ({
    environment: { CLUSTER: clusterName, AWS_ENDPOINT_URL_EKS: eks.url },
    role: eks.enter(`${teamFunctions[remedy]}-function`, `jarvis-${remedyNames[remedy]}`),
  });
  const functions = Object.entries(teamFunctions).map(([id, name]) => {
    const remedy = id as SetUpRemedy;
    const own = remedy === 'rollback' ? { environment: dispatching ?? {} } : patching(remedy);
    return { name, handler: `${remedyNames[remedy]}/index.handler`, ...own };
  });
  const any = { name: 'jarvis-dispatch', handler: 'rollback/index.handler', environment: dispatching ?? {} };
  const packed = (await readdir(written)).filter((name) => name !== 'test').map((name) => join(written, name));
  await deployFunctions([...functions, any], { endpoint, folder, packed });
}

/** The environment of a function that starts workflows, whose token for GitHub Secrets Manager keeps. */
async function dispatcher(endpoint: string, github: Pick<LabGithub, 'apiUrl' | 'repository' | 'token'>) {
  return {
    GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_REF: 'main',
    GITHUB_TOKEN_SECRET: await keep(endpoint, 'jarvis-github-token', github.token),
    WORKFLOWS: JSON.stringify(teamWorkflows),
  };
}

/** @returns the secret's ARN. */
async function keep(endpoint: string, Name: string, SecretString: string): Promise<string> {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.CreateSecret' };
  const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ Name, SecretString }) });
  return v.parse(v.object({ ARN: v.string() }), await answer.json()).ARN;
}
