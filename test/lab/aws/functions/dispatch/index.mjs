import { Refusal, remedy } from '../shared/remedy.mjs';

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_REF, GITHUB_TOKEN, WORKFLOWS = '{}' } = process.env;

/** Any remedy, by the workflow that the function is configured with for it: the values are the workflow's inputs. */
export const handler = remedy(async ({ planId, remediation, values }) => {
  const workflow = JSON.parse(WORKFLOWS)[remediation];
  if (!workflow) throw new Refusal(`no workflow is configured for ${remediation}`);
  const id = (await startedRun(workflow, planId)) ?? (await dispatch(workflow, values));
  console.log(`${workflow}: ${id === undefined ? 'dispatched' : `run ${id}`}`);
  const run = id === undefined ? { workflow } : { id };
  return { status: 'accepted', run: { repository: GITHUB_REPOSITORY, ...run } };
});

/** The run of a plan that has come before: it is not started again. */
async function startedRun(workflow, planId) {
  const runs = await github('GET', `${workflow}/runs?event=workflow_dispatch&per_page=100`);
  return runs.workflow_runs.find(({ display_title }) => display_title.split(/[^\w-]+/).includes(planId))?.id;
}

/** The run's number, where GitHub gives it. */
async function dispatch(workflow, inputs) {
  const body = { ref: GITHUB_REF, inputs, return_run_details: true };
  return (await github('POST', `${workflow}/dispatches`, body))?.workflow_run_id;
}

async function github(method, path, body) {
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/actions/workflows/${path}`, {
    method,
    headers: { authorization: `Bearer ${GITHUB_TOKEN}`, accept: 'application/vnd.github+json' },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  throw new Refusal(`GitHub answered ${response.status} to ${method} ${path}: ${text.slice(0, 300)}`);
}
