import { backoff, sleep } from '../../../core/async.ts';
import type { Clock } from '../../../core/clock.ts';
import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { RouteProgress, RouteResult } from '../../../domain/remediation/route.ts';
import type { GithubClient } from '../../github/client.ts';
import type { WorkflowJob } from '../../github/model.ts';
import { logTail } from './log-tail.ts';
import { headline, progressOf, type Watched } from './progress.ts';

const soonestMs = 1000;
const latestMs = 10_000;
/** Errors that pass: watching goes on when they are over. A sign-in that has ended stops no workflow, either. */
const passing = new Set(['github.offline', 'github.serverError', 'github.rateLimited', 'github.unauthorized']);

/** Watches one run to its end. Requests are conditional: an unchanged answer costs no rate limit. */
export class RunWatch {
  readonly #client: GithubClient;
  readonly #clock: Clock;
  readonly #onProgress: (progress: RouteProgress) => void;
  readonly #signal: AbortSignal;
  #last: Watched | undefined;
  #seen = '';
  #changedAt = 0;

  constructor(client: GithubClient, clock: Clock, onProgress: (progress: RouteProgress) => void, signal: AbortSignal) {
    this.#client = client;
    this.#clock = clock;
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  /** @param locate finds the run's id; asked until it answers */
  async untilDone(locate: () => Promise<number>): Promise<RouteResult> {
    this.#changedAt = this.#clock.now();
    let runId: number | undefined;
    for (let failures = 0; ;) {
      try {
        runId ??= await locate();
        const watched = await this.#look(runId);
        failures = 0;
        this.#tell(watched);
        if (watched.run.status === 'completed') return resultOf(watched, this.#clock.now());
        await sleep(this.#clock, this.#pause(), this.#signal);
      } catch (error) {
        if (!(error instanceof JarvisError) || !passing.has(error.code)) throw error;
        await this.#wait(error, failures++);
      }
    }
  }

  async #look(runId: number): Promise<Watched> {
    const run = await this.#client.run(runId, this.#signal);
    const jobs = await this.#client.jobs(runId, this.#signal);
    const environments = run.status === 'waiting' ? await this.#client.pendingEnvironments(runId, this.#signal) : [];
    const tail = this.#last?.logTail ?? (await this.#tailOf(jobs));
    return { run, jobs, environments, ...(tail && { logTail: tail }) };
  }

  /** GitHub gives a job's log when the job has ended, sometimes some seconds later. */
  async #tailOf(jobs: readonly WorkflowJob[]): Promise<readonly string[] | undefined> {
    const failed = jobs.find((job) => job.status === 'completed' && job.conclusion === 'failure');
    if (!failed) return undefined;
    try {
      return logTail(await this.#client.log(failed.id, this.#signal));
    } catch (error) {
      if (error instanceof JarvisError && ['github.notFound', 'github.validation'].includes(error.code))
        return undefined;
      throw error;
    }
  }

  #tell(watched: Watched): void {
    const now = this.#clock.now();
    const seen = JSON.stringify(watched);
    if (seen !== this.#seen) this.#changedAt = now;
    this.#seen = seen;
    this.#last = watched;
    this.#onProgress(progressOf(watched, now));
  }

  /** A tenth of the time since the last change: a second at first, ten when nothing happens. */
  #pause(): number {
    return Math.min(latestMs, Math.max(soonestMs, (this.#clock.now() - this.#changedAt) / 10));
  }

  async #wait(error: JarvisError, failures: number): Promise<void> {
    const limited = error.code === 'github.rateLimited';
    const ms = limited ? (error.retryAfterSeconds ?? 60) * 1000 : backoff(failures, { base: 2000 });
    const last = this.#last ? progressOf(this.#last, this.#clock.now()) : { status: 'queued' as const, jobs: [] };
    this.#onProgress({
      ...last,
      trouble: error.code,
      headline: limited ? error.message : t('{0} Trying again.', error.message),
      ...(limited && { pausedUntil: this.#clock.now() + ms }),
    });
    await sleep(this.#clock, ms, this.#signal);
  }
}

function resultOf({ run, environments, logTail: tail }: Watched, now: number): RouteResult {
  const { conclusion, url } = run;
  const outcome = conclusion === 'success' || conclusion === 'cancelled' ? conclusion : 'failure';
  return { outcome, summary: headline(run, environments, now), url, ...(tail && { logTail: tail }) };
}
