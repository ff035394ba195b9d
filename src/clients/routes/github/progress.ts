import { t } from '../../../core/l10n.ts';
import type { RouteJob, RouteProgress, RouteStep, StepStatus } from '../../../domain/remediation/route.ts';
import type { WorkflowJob, WorkflowRun, WorkflowStep } from '../../github/model.ts';

/** A run that no runner has taken after this long is said to be stuck. */
const longQueueMs = 60_000;

export interface Watched {
  readonly run: WorkflowRun;
  readonly jobs: readonly WorkflowJob[];
  /** Environments whose approval is missing. */
  readonly environments: readonly string[];
  readonly logTail?: readonly string[];
}

export function progressOf({ run, jobs, environments, logTail }: Watched, now: number): RouteProgress {
  return {
    status: runStatus(run.status),
    headline: headline(run, environments, now),
    url: run.url,
    jobs: jobs.map(routeJob),
    ...(logTail && { logTail }),
  };
}

function runStatus(status: string): RouteProgress['status'] {
  if (status === 'completed') return 'done';
  if (status === 'in_progress') return 'running';
  return status === 'waiting' ? 'waiting' : 'queued';
}

/** One sentence about where a run stands. */
export function headline(run: WorkflowRun, environments: readonly string[], now: number): string {
  const { number, status, conclusion } = run;
  if (status === 'completed') return ended(number, conclusion);
  if (status === 'in_progress') return t('Run #{0} is running', number);
  if (status === 'waiting') return waits(number, environments);
  if (status === 'pending') return t('Run #{0} waits for an earlier run of the same group', number);
  const minutes = Math.floor((now - run.createdAt) / 60_000);
  if (now - run.createdAt < longQueueMs) return t('Run #{0} is queued', number);
  return t('Run #{0} is queued: no runner has taken it for {1} min', number, minutes);
}

function waits(number: number, environments: readonly string[]): string {
  if (environments.length === 0) return t('Run #{0} waits for an approval', number);
  return t('Run #{0} waits for an approval of environment {1}', number, environments.join(', '));
}

function ended(number: number, conclusion: string | undefined): string {
  if (conclusion === 'success') return t('Run #{0} succeeded', number);
  if (conclusion === 'cancelled') return t('Run #{0} was cancelled', number);
  if (conclusion === 'timed_out') return t('Run #{0} took too long and was ended', number);
  if (conclusion === 'startup_failure') return t('Run #{0} could not start: its workflow file is wrong', number);
  if (conclusion === 'skipped') return t('Run #{0} skipped all of its jobs', number);
  return t('Run #{0} failed', number);
}

function routeJob(job: WorkflowJob): RouteJob {
  return { ...routeStep(job), ...(job.url !== undefined && { url: job.url }), steps: job.steps.map(routeStep) };
}

function routeStep({ name, status, conclusion, startedAt, completedAt }: WorkflowStep): RouteStep {
  return {
    name,
    status: stepStatus(status, conclusion),
    ...(startedAt !== undefined && { startedAt }),
    ...(completedAt !== undefined && { completedAt }),
  };
}

function stepStatus(status: string, conclusion: string | undefined): StepStatus {
  if (status === 'in_progress') return 'running';
  if (status !== 'completed') return status === 'waiting' ? 'waiting' : 'queued';
  if (conclusion === 'success' || conclusion === 'neutral') return 'success';
  return conclusion === 'cancelled' || conclusion === 'skipped' ? conclusion : 'failure';
}
