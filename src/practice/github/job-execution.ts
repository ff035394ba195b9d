import type { Clock } from '../../core/clock.ts';
import { shortRef } from './repository.ts';
import type { Job, Run, Step } from './run.ts';
import type { JobEvent, JobOrder, StepConclusion, WorkflowRunner } from './runner.ts';

interface Surroundings {
  readonly clock: Clock;
  readonly workTree: string;
  readonly repository: string;
  readonly runner: WorkflowRunner;
}

/** One job on its runner: keeps its steps and its log as GitHub shows them. */
export class JobExecution {
  readonly #around: Surroundings;
  readonly #run: Run;
  readonly #job: Job;

  constructor(around: Surroundings, run: Run, job: Job) {
    this.#around = around;
    this.#run = run;
    this.#job = job;
  }

  async run(): Promise<void> {
    const { runner } = this.#around;
    this.#job.status = 'in_progress';
    this.#job.startedAt = this.#around.clock.now();
    this.#setUp();
    const stop = { cancel: this.#run.cancel.signal, kill: this.#run.kill.signal };
    try {
      this.#finish(await runner.run(this.#order(), (event) => this.#tell(event), stop));
    } catch (error) {
      this.#log(`##[error]The runner failed: ${error instanceof Error ? error.message : String(error)}`);
      this.#finish('failure');
    }
  }

  get #cancelled(): boolean {
    return this.#run.cancel.signal.aborted;
  }

  #setUp(): void {
    const first = this.#job.steps[0];
    this.#log(`Job defined at: ${this.#run.workflow.path}@${this.#run.target.ref}`);
    this.#log(`Complete job name: ${this.#job.file.name}`);
    if (first) this.#end(first, 'success');
  }

  #order(): JobOrder {
    const { workTree, repository } = this.#around;
    const { target, workflow, inputs, actor, id, number } = this.#run;
    const event = { inputs, ref: target.ref, workflow: workflow.path, repository: { full_name: repository } };
    return {
      workTree,
      file: workflow.path,
      workflow: this.#job.file.alone,
      jobId: this.#job.file.id,
      actor,
      event,
      env: {
        GITHUB_RUN_ID: String(id),
        GITHUB_RUN_NUMBER: String(number),
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_REPOSITORY: repository,
        GITHUB_REF: target.ref,
        GITHUB_REF_NAME: shortRef(target.ref),
        GITHUB_SHA: target.commit.sha,
      },
    };
  }

  #tell(event: JobEvent): void {
    if (event.kind === 'log') {
      this.#log(event.line, event.step);
      return;
    }
    const step = this.#job.steps[event.step + 1];
    if (!step) return;
    if (event.kind === 'stepStarted') this.#begin(step, event.step);
    else this.#end(step, this.#cancelled && event.conclusion === 'failure' ? 'cancelled' : event.conclusion);
    this.#run.updatedAt = this.#around.clock.now();
  }

  #begin(step: Step, index: number): void {
    step.status = 'in_progress';
    step.startedAt = this.#around.clock.now();
    this.#log(`##[group]${step.name}`, index);
    this.#log('##[endgroup]', index);
  }

  #end(step: Step, conclusion: StepConclusion): void {
    const now = this.#around.clock.now();
    Object.assign(step, { status: 'completed', conclusion, startedAt: step.startedAt ?? now, completedAt: now });
  }

  /** Steps that nobody told of were skipped; after a cancel the one that was running was cancelled. */
  #finish(verdict: 'success' | 'failure'): void {
    const cancelled = this.#cancelled;
    const last = this.#job.steps.at(-1);
    if (cancelled) this.#log('##[error]The operation was canceled.');
    this.#log('Cleaning up orphan processes');
    for (const step of this.#job.steps) {
      if (step === last) this.#end(step, 'success');
      else if (step.status === 'in_progress') this.#end(step, cancelled ? 'cancelled' : 'failure');
      else if (step.status === 'queued') this.#end(step, 'skipped');
    }
    const conclusion: StepConclusion = cancelled ? 'cancelled' : verdict;
    Object.assign(this.#job, { status: 'completed', conclusion, completedAt: this.#around.clock.now() });
  }

  #log(line: string, step?: number): void {
    const time = new Date(this.#around.clock.now()).toISOString().replace('Z', '0000Z');
    this.#job.log.add(`${time} ${line}`, step);
  }
}
