import { ApiError, notFound, ok } from './answers.ts';
import { deploymentJson, jobJson, pendingJson, runJson } from './json-actions.ts';
import { page } from './paging.ts';
import { type Call, type Route, route } from './router.ts';
import { type Run, statusOf } from './run.ts';
import { filterRuns } from './run-filters.ts';
import { findJob, findRun, type State } from './state.ts';

const actions = '/repos/{owner}/{repo}/actions';
const docs = 'https://docs.github.com/rest/actions/workflow-runs';
/** A log's address works for one minute. */
const logLifeMs = 60_000;

/** Runs, jobs, logs, cancel, pending deployments. */
export function runRoutes(state: State): readonly Route[] {
  const { site, engine, clock } = state;
  const wanted = ({ params }: Call) => findRun(state, params['run_id']);
  const stop = (call: Call, how: (run: Run) => void) => {
    const run = wanted(call);
    if (statusOf(run) === 'completed')
      throw new ApiError(409, 'Cannot cancel a workflow run that is completed.', `${docs}#cancel-a-workflow-run`);
    how(run);
    return { status: 202, body: {} };
  };
  return [
    route('GET', `${actions}/runs`, (call) =>
      page(call, site.apiUrl, 'workflow_runs', filterRuns(state, call.query), (run) => runJson(site, run)),
    ),
    route('GET', `${actions}/runs/{run_id}`, (call) => ok(runJson(site, wanted(call)))),
    route('GET', `${actions}/runs/{run_id}/jobs`, (call) => {
      const run = wanted(call);
      return page(call, site.apiUrl, 'jobs', run.jobs, (job) => jobJson(site, run, job));
    }),
    route('GET', `${actions}/jobs/{job_id}`, ({ params }) => {
      const { run, job } = findJob(state, params['job_id']);
      return ok(jobJson(site, run, job));
    }),
    route('GET', `${actions}/jobs/{job_id}/logs`, ({ params }) => {
      const { job } = findJob(state, params['job_id']);
      if (job.status !== 'completed') throw notFound();
      const location = `${site.apiUrl}/_logs/${job.id}?expires=${clock.now() + logLifeMs}`;
      return { status: 302, headers: { location } };
    }),
    route('POST', `${actions}/runs/{run_id}/cancel`, (call) => stop(call, (run) => engine.cancel(run))),
    route('POST', `${actions}/runs/{run_id}/force-cancel`, (call) => stop(call, (run) => engine.forceCancel(run))),
    route('GET', `${actions}/runs/{run_id}/pending_deployments`, (call) => ok(pending(state, wanted(call), call))),
    route('POST', `${actions}/runs/{run_id}/pending_deployments`, (call) => ok(review(state, wanted(call), call))),
  ];
}

/** The text behind a log's address. @throws ApiError 404, or 410 after its minute. */
export function logText(state: State, jobId: string, expires: number): string {
  if (state.clock.now() > expires) throw new ApiError(410, 'Server failed to authenticate the request.');
  return `${findJob(state, jobId).job.log.lines.join('\n')}\n`;
}

function pending(state: State, run: Run, { user }: Call) {
  const waiting = run.jobs.filter((job) => job.status === 'waiting').map((job) => job.file.environment ?? '');
  return [...new Set(waiting)].map((name) => pendingJson(state.site, name, user.login));
}

function review(state: State, run: Run, call: Call) {
  const asked = call.body['environment_ids'];
  const verdict = call.body['state'];
  const ids = Array.isArray(asked) ? asked : [];
  const gates = pending(state, run, call).map(({ environment }) => environment);
  const chosen = gates.filter(({ id }) => ids.includes(id));
  if (chosen.length === 0 || chosen.length < ids.length || (verdict !== 'approved' && verdict !== 'rejected'))
    throw new ApiError(
      422,
      'No pending deployment requests to approve or reject',
      `${docs}#review-pending-deployments`,
    );
  for (const { name } of chosen) state.engine.review(run, name, verdict === 'approved');
  return chosen.map(({ name }) => deploymentJson(state.site, run, name, state.clock.now()));
}
