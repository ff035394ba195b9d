import type { Clock } from '../../../core/clock.ts';
import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { RouteProgress, RouteResult } from '../../../domain/remediation/route.ts';
import { GithubClient } from '../../github/client.ts';
import type { WorkflowRun } from '../../github/model.ts';
import { findRun } from './find-run.ts';
import { RunWatch } from './follow.ts';

export interface GithubRunsOptions {
  /** The sign-in for a server. @throws JarvisError `github.unauthorized` where nobody signs in. */
  readonly token: (apiUrl: string) => Promise<string>;
  readonly clock: Clock;
}

export interface Repository {
  /** `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server. */
  readonly apiUrl: string;
  readonly owner: string;
  readonly repo: string;
}

/** A workflow whose runs hold the plan's id in their names. */
export interface PlanWorkflow extends Repository {
  /** File name: `scale.yml`. */
  readonly workflow: string;
  readonly planId: string;
}

/** The run of a plan: by its id, or, where the server named none, by the plan's id in its name. */
export interface PlanRun extends PlanWorkflow {
  readonly runId?: number | undefined;
  /** When it was asked for, ms since the epoch. */
  readonly sentAt: number;
}

/** How long a run may stay unlisted after GitHub accepted its dispatch. */
const listingMs = 60_000;
/** How long is looked for a run whose dispatch may never have arrived. */
const recoverMs = 10_000;

/** The runs of plans on GitHub, whoever dispatched them: found, followed, cancelled. */
export class GithubRuns {
  readonly #options: GithubRunsOptions;
  readonly #clients = new Map<string, GithubClient>();

  constructor(options: GithubRunsOptions) {
    this.#options = options;
  }

  /** One client a repository, so that connections, ETags and waits are shared. */
  client({ apiUrl, owner, repo }: Repository): GithubClient {
    const key = `${apiUrl} ${owner}/${repo}`;
    const { token, clock } = this.#options;
    const client =
      this.#clients.get(key) ??
      new GithubClient({ apiUrl, repository: { owner, repo }, token: () => token(apiUrl), clock });
    this.#clients.set(key, client);
    return client;
  }

  /** The run of a plan whose dispatch may never have arrived. */
  find(plan: PlanWorkflow, signal: AbortSignal, patienceMs = recoverMs): Promise<WorkflowRun | undefined> {
    return findRun(this.client(plan), plan, { clock: this.#options.clock, patienceMs }, signal);
  }

  async follow(run: PlanRun, onProgress: (progress: RouteProgress) => void, signal: AbortSignal): Promise<RouteResult> {
    if (run.runId === undefined) onProgress({ status: 'queued', headline: unlisted(), jobs: [] });
    const watch = new RunWatch(this.client(run), this.#options.clock, onProgress, signal);
    return watch.untilDone(() => this.#runId(run, signal));
  }

  async cancel(run: PlanRun, signal: AbortSignal): Promise<void> {
    try {
      await this.client(run).cancel(await this.#runId(run, signal), signal);
    } catch (error) {
      // 409: it has ended already, which following it will tell
      if (!(error instanceof JarvisError) || error.code !== 'github.conflict') throw error;
    }
  }

  /** @throws JarvisError `github.runNotFound` */
  async #runId(run: PlanRun, signal: AbortSignal): Promise<number> {
    if (run.runId !== undefined) return run.runId;
    const patienceMs = Math.max(recoverMs, run.sentAt + listingMs - this.#options.clock.now());
    const found = await this.find(run, signal, patienceMs);
    if (found) return found.id;
    const message = t(
      'GitHub accepted the dispatch of {0}, but none of its runs has {1} in its name.',
      run.workflow,
      run.planId,
    );
    throw new JarvisError({ code: 'github.runNotFound', message, remedies: [{ kind: 'retry' }] });
  }
}

function unlisted(): string {
  return t('GitHub accepted the dispatch; its run is not listed yet');
}
