import type { Clock } from '../../core/clock.ts';
import { throwIfCancelled } from '../../core/async.ts';
import { JarvisError } from '../../core/errors.ts';
import { notGithub, toGithubError } from './errors.ts';
import type { Dispatch, RepositoryAccess, RepositoryName, WorkflowInfo, WorkflowJob, WorkflowRun } from './model.ts';
import { type ApiRun, toJob, toRun } from './mapping.ts';
import type { Requester } from './requester.ts';

export interface GithubClientOptions {
  readonly apiUrl: string;
  readonly repository: RepositoryName;
  /** Asked before each request, so that a new sign-in is used at once. */
  readonly token: () => Promise<string>;
  readonly clock: Clock;
}

/** GitHub Actions of one repository. Methods throw JarvisErrors with codes `github.*`; all heed the signal. */
export class GithubClient {
  readonly #options: GithubClientOptions;
  #signedIn: { readonly token: string; readonly requester: Requester } | undefined;

  constructor(options: GithubClientOptions) {
    this.#options = options;
  }

  async access(signal: AbortSignal): Promise<RepositoryAccess> {
    const { data } = await this.#ask(signal, 'repository', (request, common) =>
      request('GET /repos/{owner}/{repo}', common),
    );
    return { defaultBranch: data.default_branch, canWrite: data.permissions?.push ?? true, url: data.html_url };
  }

  /** Has a job of this environment to wait for a reviewer? @throws JarvisError github.notFound where nobody made it */
  async asksForApproval(environment: string, signal: AbortSignal): Promise<boolean> {
    const { data } = await this.#ask(signal, environment, (request, common) =>
      request('GET /repos/{owner}/{repo}/environments/{environment_name}', {
        ...common,
        environment_name: environment,
      }),
    );
    return data.protection_rules?.some(({ type }) => type === 'required_reviewers') ?? false;
  }

  async workflow(file: string, signal: AbortSignal): Promise<WorkflowInfo> {
    const { data } = await this.#ask(signal, file, (request, common) =>
      request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}', { ...common, workflow_id: file }),
    );
    return { name: data.name, state: data.state, url: data.html_url };
  }

  /** The text of a file at a ref. */
  async file(path: string, ref: string, signal: AbortSignal): Promise<string> {
    const { data } = await this.#ask(signal, path, (request, common) =>
      request('GET /repos/{owner}/{repo}/contents/{path}', { ...common, path, ref }),
    );
    if (Array.isArray(data) || data.type !== 'file') throw notAFile(path);
    return Buffer.from(data.content, 'base64').toString('utf8');
  }

  /** @returns the run where the server names it; older servers answer without. */
  async dispatch({ workflow, ref, inputs }: Dispatch, signal: AbortSignal) {
    const send = (extra: { return_run_details?: boolean }) =>
      this.#ask(signal, workflow, (request, common) =>
        request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', {
          ...common,
          ...extra,
          workflow_id: workflow,
          ref,
          inputs,
        }),
      );
    const answer = await send({ return_run_details: true }).catch((error: unknown) => {
      if (!refusesUnknownField(error)) throw error;
      return send({});
    });
    return startedRun(answer.data);
  }

  /** The newest dispatched runs of a workflow, a hundred a page, from page 1. */
  async runs(workflow: string, page: number, signal: AbortSignal): Promise<readonly WorkflowRun[]> {
    const { data } = await this.#ask(signal, workflow, (request, common) =>
      request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
        ...common,
        workflow_id: workflow,
        event: 'workflow_dispatch',
        per_page: 100,
        page,
      }),
    );
    return data.workflow_runs.map((run: ApiRun) => toRun(run));
  }

  async run(id: number, signal: AbortSignal): Promise<WorkflowRun> {
    const { data } = await this.#ask(signal, `run ${id}`, (request, common) =>
      request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...common, run_id: id }),
    );
    return toRun(data);
  }

  async jobs(runId: number, signal: AbortSignal): Promise<readonly WorkflowJob[]> {
    const { data } = await this.#ask(signal, `run ${runId}`, (request, common) =>
      request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', {
        ...common,
        run_id: runId,
        filter: 'latest',
        per_page: 100,
      }),
    );
    return data.jobs.map(toJob);
  }

  /** A job's whole log; GitHub keeps it back until the job has ended. */
  async log(jobId: number, signal: AbortSignal): Promise<string> {
    const { data } = await this.#send(signal, `log ${jobId}`, (request, common) =>
      request('GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs', { ...common, job_id: jobId }),
    );
    return typeof data === 'string' ? data : '';
  }

  /** Names of the environments whose approval a run waits for. */
  async pendingEnvironments(runId: number, signal: AbortSignal): Promise<readonly string[]> {
    const { data } = await this.#ask(signal, `run ${runId}`, (request, common) =>
      request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments', { ...common, run_id: runId }),
    );
    return data.map(({ environment }) => environment.name ?? '');
  }

  async cancel(runId: number, signal: AbortSignal): Promise<void> {
    await this.#ask(signal, `run ${runId}`, (request, common) =>
      request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel', { ...common, run_id: runId }),
    );
  }

  /** For all that GitHub answers as JSON, or with nothing. A text is another's: of a sign-in page of the network, say. */
  async #ask<T extends { readonly data: unknown }>(
    signal: AbortSignal,
    what: string,
    send: (request: Requester, common: Common) => Promise<T>,
  ): Promise<T> {
    const answer = await this.#send(signal, what, send);
    if (typeof answer.data === 'string' && answer.data !== '') throw notGithub(this.#options.apiUrl);
    return answer;
  }

  async #send<T>(
    signal: AbortSignal,
    what: string,
    send: (request: Requester, common: Common) => Promise<T>,
  ): Promise<T> {
    const requester = await this.#requester();
    throwIfCancelled(signal);
    try {
      return await send(requester, { ...this.#options.repository, request: { signal } });
    } catch (error) {
      throwIfCancelled(signal);
      throw toGithubError(error, what, this.#options.clock.now());
    }
  }

  async #requester(): Promise<Requester> {
    const { apiUrl, clock } = this.#options;
    const [token, { requesterFor }] = await Promise.all([this.#options.token(), import('./requester.ts')]);
    if (this.#signedIn?.token !== token) this.#signedIn = { token, requester: requesterFor(apiUrl, token, clock) };
    return this.#signedIn.requester;
  }
}

/** What every request carries. */
type Common = Record<keyof RepositoryName, string> & Record<'request', Record<'signal', AbortSignal>>;

/** Enterprise Server up to 3.20 answers 400, some versions 422, to the field that asks for the run's details. */
function refusesUnknownField(error: unknown): boolean {
  if (!(error instanceof JarvisError) || error.code !== 'github.validation') return false;
  return error.cause instanceof Error && error.cause.message.includes('return_run_details');
}

function startedRun(data: unknown): { readonly id: number; readonly url: string } | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (!('workflow_run_id' in data) || !('html_url' in data)) return undefined;
  const { workflow_run_id: id, html_url: url } = data;
  return Number.isSafeInteger(id) && typeof url === 'string' ? { id: Number(id), url } : undefined;
}

function notAFile(path: string): JarvisError {
  return new JarvisError({ code: 'github.notFound', message: `${path} is not a file` });
}
