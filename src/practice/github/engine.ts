import type { Clock } from '../../core/clock.ts';
import { condition, type Outcome } from './expressions.ts';
import { JobExecution } from './job-execution.ts';
import { type Job, type Run, statusOf } from './run.ts';
import type { StepConclusion, WorkflowRunner } from './runner.ts';

export interface EngineOptions {
  readonly clock: Clock;
  readonly workTree: string;
  readonly repository: string;
  readonly runner: WorkflowRunner;
  /** Environments that ask for a reviewer's approval. */
  readonly protectedEnvironments: ReadonlySet<string>;
  /** Labels that some runner has; a job that asks for another waits in the queue for ever. */
  readonly runnerLabels: ReadonlySet<string>;
}

/** Takes runs through queue, concurrency, needs, gates and jobs to their end. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #active = new Set<Run>();
  readonly #executions = new Set<Promise<void>>();
  #runnersOnline = true;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  start(run: Run): void {
    const rivals = [...this.#active].filter((other) => run.group !== undefined && other.group === run.group);
    for (const rival of rivals) if (rival.pending || run.file.concurrency?.cancelInProgress) this.cancel(rival);
    run.pending = rivals.some((rival) => this.#active.has(rival));
    this.#active.add(run);
    this.#pump(run);
  }

  /** Without a runner online every job stays queued. */
  setRunnersOnline(online: boolean): void {
    this.#runnersOnline = online;
    for (const run of this.#active) this.#pump(run);
  }

  cancel(run: Run): void {
    run.cancel.abort();
    run.pending = false;
    for (const job of run.jobs) if (job.status !== 'in_progress') this.#complete(job, 'cancelled');
    this.#touch(run);
  }

  forceCancel(run: Run): void {
    this.cancel(run);
    run.kill.abort();
  }

  /** Does a job of this environment wait for a reviewer? */
  asksForApproval(environment: string): boolean {
    return this.#options.protectedEnvironments.has(environment);
  }

  /** Answers the gate of every waiting job of an environment. */
  review(run: Run, environment: string, approved: boolean): void {
    for (const job of run.jobs) {
      if (job.status !== 'waiting' || job.file.environment !== environment) continue;
      if (approved) Object.assign(job, { approved, status: 'queued' });
      else this.#complete(job, 'failure');
    }
    this.#touch(run);
  }

  /** Ends everything; resolves when no job runs any more. */
  async close(): Promise<void> {
    for (const run of this.#active) this.forceCancel(run);
    await Promise.all(this.#executions);
  }

  #pump(run: Run): void {
    if (run.pending) return;
    for (const job of run.jobs) if (job.status === 'queued') this.#consider(run, job);
    if (statusOf(run) === 'completed' && this.#active.delete(run)) this.#letNextIn(run.group);
  }

  #letNextIn(group: string | undefined): void {
    const next = [...this.#active].find((run) => run.pending && run.group === group);
    if (!next) return;
    next.pending = false;
    this.#touch(next);
  }

  #consider(run: Run, job: Job): void {
    const needs = run.jobs.filter((other) => job.file.needs.includes(other.file.id));
    if (needs.some((need) => need.status !== 'completed')) return;
    if (!condition(job.file.if, run.contexts, outcomeOf(needs))) {
      this.#skip(run, job);
      return;
    }
    const gate = job.file.environment;
    if (gate !== undefined && this.asksForApproval(gate) && !job.approved) job.status = 'waiting';
    else if (this.#runnersOnline && this.#fits(job)) this.#execute(run, job);
  }

  #fits({ file }: Job): boolean {
    return file.labels.every((label) => this.#options.runnerLabels.has(label));
  }

  #skip(run: Run, job: Job): void {
    this.#complete(job, 'skipped');
    this.#touch(run);
  }

  #execute(run: Run, job: Job): void {
    const execution = new JobExecution(this.#options, run, job).run().finally(() => {
      this.#executions.delete(execution);
      this.#touch(run);
    });
    this.#executions.add(execution);
  }

  #complete(job: Job, conclusion: StepConclusion): void {
    if (job.status === 'completed') return;
    Object.assign(job, { status: 'completed', conclusion, completedAt: this.#options.clock.now() });
  }

  #touch(run: Run): void {
    run.updatedAt = this.#options.clock.now();
    this.#pump(run);
  }
}

function outcomeOf(needs: readonly Job[]): Outcome {
  if (needs.some((need) => need.conclusion === 'cancelled')) return 'cancelled';
  return needs.every((need) => need.conclusion === 'success') ? 'success' : 'failure';
}
