import { MemoryRepository } from '../../../src/practice/github/memory-repository.ts';
import type { Exchange } from '../../../src/practice/github/pipeline.ts';
import { type GithubOptions, type PracticeGithub, startGithub } from '../../../src/practice/github/server.ts';
import { assertAsGithub } from './schemas.ts';
import { ScriptedRunner } from './scripted-runner.ts';

const inputs = `
      cluster: { type: string, required: true }
      namespace: { type: string, required: true }
      hpa: { type: string, required: true }
      max_replicas: { type: number, required: true }
      plan_id: { type: string, required: true }`;

/** A workflow with the inputs of Scale HPA. Parts are replaced by name. */
export function workflowText(parts: { readonly top?: string; readonly inputs?: string; readonly jobs?: string } = {}) {
  return `name: Scale HPA
${parts.top ?? 'run-name: Scale ${{ inputs.hpa }} [${{ inputs.plan_id }}]'}
on:
  workflow_dispatch:
    inputs:${parts.inputs ?? inputs}
jobs:
${parts.jobs ?? '  scale: { runs-on: ubuntu-latest, steps: [{ name: Patch, run: kubectl patch }] }'}
`;
}

/** What the workflow of {@link workflowText} asks for. */
export const scaleInputs = (planId = 'jv-1') => ({
  cluster: 'prod',
  namespace: 'sock-shop',
  hpa: 'front-end',
  max_replicas: '10',
  plan_id: planId,
});

export interface Practice extends PracticeGithub {
  readonly repository: MemoryRepository;
  readonly exchanges: readonly Exchange[];
  /** A request with the writer's token, unless told otherwise. */
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  dispatch(inputs?: Record<string, unknown>, more?: Record<string, unknown>, file?: string): Promise<Reply>;
  /** Ends the server, and fails where an answer was not as GitHub describes it. */
  close(): Promise<void>;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // The tests look at a few fields of large answers; what the answers are is the schema check's matter.
  readonly data: Json;
}

/** An answer's parts, to be reached without a type for each: every part is there, `value` is what it holds. */
export class Json {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  at(...path: readonly (string | number)[]): unknown {
    return path.reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      this.value,
    );
  }

  list(key: string): readonly Json[] {
    const value = this.at(key);
    return Array.isArray(value) ? value.map((each) => new Json(each)) : [];
  }
}

/** A server with one repository `acme/ops` and `scale.yml`; tokens `writer`, `reader` and `stranger`. */
export async function practice(
  options: Partial<GithubOptions> & { readonly files?: Readonly<Record<string, string>> } = {},
): Promise<Practice> {
  const { files = { 'scale.yml': workflowText() }, ...rest } = options;
  const paths = Object.entries(files).map(([name, text]) => [`.github/workflows/${name}`, text]);
  const repository = new MemoryRepository(Object.fromEntries(paths) as Record<string, string>);
  const exchanges: Exchange[] = [];
  const server = await startGithub({
    repository: 'acme/ops',
    source: repository,
    runner: new ScriptedRunner(),
    tokens: {
      writer: { login: 'mina', access: 'write' },
      reader: { login: 'joon', access: 'read' },
      stranger: { login: 'eve', access: 'none' },
    },
    onExchange: (exchange) => exchanges.push(exchange),
    ...rest,
  });
  const call = (method: string, path: string, more: CallOptions = {}) => send(server.apiUrl, method, path, more);
  return {
    ...server,
    repository,
    exchanges,
    call,
    dispatch: (given = scaleInputs(), more = { return_run_details: true }, file = 'scale.yml') =>
      call('POST', `/repos/acme/ops/actions/workflows/${file}/dispatches`, {
        body: { ref: 'main', inputs: given, ...more },
      }),
    async close() {
      await server.close();
      for (const exchange of exchanges) assertAsGithub(exchange);
    },
  };
}

async function send(apiUrl: string, method: string, path: string, options: CallOptions): Promise<Reply> {
  const { token = 'writer', body, headers = {} } = options;
  const response = await fetch(apiUrl + path, {
    method,
    redirect: 'manual',
    headers: { ...(token !== '' && { authorization: `Bearer ${token}` }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const data = response.headers.get('content-type')?.includes('json') === true ? (JSON.parse(text) as unknown) : text;
  return { status: response.status, headers: response.headers, data: new Json(data) };
}
