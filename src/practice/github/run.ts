import type { Contexts } from './expressions.ts';
import type { JobLog } from './job-log.ts';
import type { ResolvedRef } from './repository.ts';
import type { StepConclusion } from './runner.ts';
import type { Workflow } from './workflows.ts';
import type { JobFile, WorkflowFile } from './workflow-file.ts';

export type Status = 'queued' | 'pending' | 'waiting' | 'in_progress' | 'completed';

/** A run as the server keeps it; times are milliseconds since the epoch. */
export interface Run {
  readonly id: number;
  readonly number: number;
  readonly workflow: Workflow;
  readonly file: WorkflowFile;
  readonly target: ResolvedRef;
  readonly inputs: Readonly<Record<string, string>>;
  readonly contexts: Contexts;
  readonly title: string;
  readonly actor: string;
  readonly createdAt: number;
  readonly group: string | undefined;
  readonly jobs: readonly Job[];
  readonly cancel: AbortController;
  readonly kill: AbortController;
  updatedAt: number;
  /** Waits for another run of its concurrency group. */
  pending: boolean;
}

export interface Job {
  readonly id: number;
  readonly file: JobFile;
  readonly steps: readonly Step[];
  /** Lines with GitHub's timestamps. */
  readonly log: JobLog;
  readonly createdAt: number;
  status: Exclude<Status, 'pending'>;
  conclusion: StepConclusion | undefined;
  startedAt: number | undefined;
  completedAt: number | undefined;
  approved: boolean;
}

export interface Step {
  readonly name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: StepConclusion | undefined;
  startedAt: number | undefined;
  completedAt: number | undefined;
}

/** A job's own steps stand between the two that GitHub adds. */
export function newSteps(file: JobFile): readonly Step[] {
  return ['Set up job', ...file.steps, 'Complete job'].map((name) => ({
    name,
    status: 'queued',
    conclusion: undefined,
    startedAt: undefined,
    completedAt: undefined,
  }));
}

/** What a run comes to from its jobs. */
export function statusOf(run: Run): Status {
  const has = (status: Status) => run.jobs.some((job) => job.status === status);
  if (run.pending) return 'pending';
  if (has('in_progress')) return 'in_progress';
  if (has('waiting')) return 'waiting';
  if (!has('queued')) return 'completed';
  return has('completed') ? 'in_progress' : 'queued';
}

export function conclusionOf(run: Run): StepConclusion | undefined {
  if (statusOf(run) !== 'completed') return undefined;
  const some = (conclusion: StepConclusion) => run.jobs.some((job) => job.conclusion === conclusion);
  if (some('cancelled')) return 'cancelled';
  if (some('failure')) return 'failure';
  return some('success') ? 'success' : 'skipped';
}
