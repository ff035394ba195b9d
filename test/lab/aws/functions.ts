import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import type { Credentials } from '../cluster/signatures.ts';
import { run } from '../process/run.ts';
import { until } from '../process/until.ts';
import { accountId, region } from './ministack.ts';
import { credentials } from './profile.ts';

export interface LabFunction {
  readonly name: string;
  /** `folder/index.export` of the package. */
  readonly handler: string;
  readonly timeoutSeconds?: number;
  /** What it finds in its environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whom Lambda lets it act as; ministack alone would have it be the account itself. */
  readonly role?: Credentials;
}

interface Deployment {
  /** Lambda's address. */
  readonly endpoint: string;
  /** For the package; it must exist. */
  readonly folder: string;
  /** The folders that are packed, each under its own name; without: that of the functions that go wrong. */
  readonly packed?: readonly string[];
}

/** Gives Lambda the folders as one package, and makes a function of each handler that is named. */
export async function deployFunctions(functions: readonly LabFunction[], deployment: Deployment): Promise<void> {
  const { endpoint, folder, packed = [join(import.meta.dirname, 'functions', 'faulty')] } = deployment;
  const path = join(folder, 'functions.zip');
  await run('python3', ['-m', 'zipfile', '-c', path, ...packed]);
  const lambda = new LambdaClient({ endpoint, region, credentials });
  try {
    const ZipFile = await readFile(path);
    await Promise.all(functions.map((each) => create(lambda, each, ZipFile)));
  } finally {
    lambda.destroy();
  }
}

async function create(lambda: LambdaClient, each: LabFunction, ZipFile: Uint8Array): Promise<void> {
  const { name, handler, timeoutSeconds = 10, environment, role } = each;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Handler: handler,
      Timeout: timeoutSeconds,
      Runtime: 'nodejs22.x',
      Role: `arn:aws:iam::${accountId}:role/${name}-function`,
      Environment: { Variables: { ...environment, ...(role && actingAs(role)) } },
      Code: { ZipFile },
    }),
  );
  const state = new GetFunctionConfigurationCommand({ FunctionName: name });
  await until(`${name} is active`, async () => (await lambda.send(state)).State === 'Active');
}

function actingAs({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Record<string, string> {
  const role = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
  const preloaded = pathToFileURL(join(import.meta.dirname, 'functions', 'as-role.mjs')).href;
  return { LAB_ROLE: JSON.stringify(role), NODE_OPTIONS: `--import=${preloaded}` };
}

/** Leaves the function no concurrency at all: every invocation is throttled. */
export async function reserveNothing(endpoint: string, name: string): Promise<void> {
  const lambda = new LambdaClient({ endpoint, region, credentials });
  try {
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 0 }));
  } finally {
    lambda.destroy();
  }
}
