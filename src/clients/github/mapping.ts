import type { Endpoints } from '@octokit/types';
import type { WorkflowJob, WorkflowRun, WorkflowStep } from './model.ts';

export type ApiRun = Endpoints['GET /repos/{owner}/{repo}/actions/runs/{run_id}']['response']['data'];
type ApiJob = Endpoints['GET /repos/{owner}/{repo}/actions/jobs/{job_id}']['response']['data'];
type ApiStep = NonNullable<ApiJob['steps']>[number];

export function toRun(run: ApiRun): WorkflowRun {
  return {
    id: Number(run.id),
    number: run.run_number,
    title: run.display_title,
    url: run.html_url,
    status: run.status ?? 'queued',
    conclusion: run.conclusion ?? undefined,
    createdAt: Date.parse(run.created_at),
  };
}

export function toJob(job: ApiJob): WorkflowJob {
  const steps = (job.steps ?? []).map(toStep);
  return { ...toStep(job), id: Number(job.id), url: job.html_url ?? undefined, steps };
}

function toStep(step: ApiJob | ApiStep): WorkflowStep {
  return {
    name: step.name,
    status: step.status,
    conclusion: step.conclusion ?? undefined,
    startedAt: time(step.started_at),
    completedAt: time(step.completed_at),
  };
}

function time(text: string | null | undefined): number | undefined {
  return typeof text === 'string' ? Date.parse(text) : undefined;
}
