import type { JobEvent, JobOrder, StopSignals, WorkflowRunner } from '../../../src/practice/github/runner.ts';

/** A job in the hands of a test. */
export interface ScriptedJob {
  readonly order: JobOrder;
  /** Starts and ends the step. */
  step(index: number, conclusion: 'success' | 'failure', ...log: readonly string[]): void;
  tell(event: JobEvent): void;
  end(verdict: 'success' | 'failure'): void;
}

/** A runner that does what the test says; a cancel ends a job at once. */
export class ScriptedRunner implements WorkflowRunner {
  readonly jobs: ScriptedJob[] = [];
  #waiting: ((job: ScriptedJob) => void)[] = [];
  readonly #script: ((job: ScriptedJob) => void) | undefined;

  /** @param script plays every job; without one a test takes them with {@link next} */
  constructor(script?: (job: ScriptedJob) => void) {
    this.#script = script;
  }

  run(order: JobOrder, tell: (event: JobEvent) => void, stop: StopSignals): Promise<'success' | 'failure'> {
    return new Promise((resolve) => {
      stop.cancel.addEventListener('abort', () => resolve('failure'));
      const job = { order, tell, end: resolve, step: stepper(tell) };
      this.jobs.push(job);
      this.#waiting.shift()?.(job);
      this.#script?.(job);
    });
  }

  /** The next job that starts. */
  next(): Promise<ScriptedJob> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

function stepper(tell: (event: JobEvent) => void): ScriptedJob['step'] {
  return (step, conclusion, ...log) => {
    tell({ kind: 'stepStarted', step });
    for (const line of log) tell({ kind: 'log', step, line });
    tell({ kind: 'stepEnded', step, conclusion });
  };
}

/** One step that succeeds. */
export const succeed = (job: ScriptedJob) => {
  job.step(0, 'success', 'done');
  job.end('success');
};

/** One step that fails, saying why. */
export const fail = (job: ScriptedJob) => {
  job.step(0, 'failure', 'no permission to patch', '##[error]Process completed with exit code 1.');
  job.end('failure');
};
