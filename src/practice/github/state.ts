import type { Clock } from '../../core/clock.ts';
import { notFound } from './answers.ts';
import type { Engine } from './engine.ts';
import type { Site } from './json-repository.ts';
import type { RepositorySource, ResolvedRef } from './repository.ts';
import type { Job, Run } from './run.ts';
import type { Workflows } from './workflows.ts';

/** Which server is played: github.com, or an Enterprise Server that does not know the newer API yet. */
export type Generation = 'github.com' | 'ghes-3.20';

/** What the handlers share. */
export interface State {
  readonly clock: Clock;
  readonly site: Site;
  readonly source: RepositorySource;
  readonly workflows: Workflows;
  readonly engine: Engine;
  /** Environments that were made; those that a run names are made by it. */
  readonly environments: ReadonlySet<string>;
  readonly generation: Generation;
  /** How long a new run is missing from lists, as it is on a busy GitHub. */
  readonly listDelayMs: number;
  /** Oldest first. */
  readonly runs: Run[];
}

/** @throws ApiError 404 */
export function findRun(state: State, id: string | undefined): Run {
  const run = state.runs.find((candidate) => String(candidate.id) === id);
  if (!run) throw notFound('https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run');
  return run;
}

/** @throws ApiError 404 */
export function findJob(state: State, id: string | undefined): { readonly run: Run; readonly job: Job } {
  for (const run of state.runs) {
    const job = run.jobs.find((candidate) => String(candidate.id) === id);
    if (job) return { run, job };
  }
  throw notFound('https://docs.github.com/rest/actions/workflow-jobs#get-a-job-for-a-workflow-run');
}

/** @throws ApiError 404 */
export async function head(state: State, ref: string | undefined): Promise<ResolvedRef> {
  const resolved = await state.source.resolve(ref ?? state.source.defaultBranch);
  if (!resolved) throw notFound('https://docs.github.com/rest/branches/branches#get-a-branch');
  return resolved;
}
