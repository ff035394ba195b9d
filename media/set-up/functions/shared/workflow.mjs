import { ask } from './aws.mjs';
import { Refusal } from './remedy.mjs';

/**
 * Any remedy, by the workflow that the function is configured with for it: the plan's values are the workflow's inputs, and
 * what it was made for is one more, since the run may wait for its reviewers.
 */
export async function dispatched({ planId, remediation, values, plannedFor }) {
  const { GITHUB_REPOSITORY, WORKFLOWS = '{}' } = process.env;
  const workflows = JSON.parse(WORKFLOWS);
  if (!Object.hasOwn(workflows, remediation)) throw new Refusal(`no workflow is configured for ${remediation}`);
  const workflow = workflows[remediation];
  const github = await gitHub();
  const inputs = { ...values, planned_for: plannedFor };
  const id = (await startedRun(github, workflow, planId)) ?? (await dispatch(github, workflow, inputs));
  console.log(`${workflow}: ${id === undefined ? 'dispatched' : `run ${id}`}`);
  const run = id === undefined ? { workflow } : { id };
  return { status: 'accepted', run: { repository: GITHUB_REPOSITORY, ...run } };
}

/** The run of a plan that has come before: it is not started again. */
async function startedRun(github, workflow, planId) {
  const runs = await github('GET', `${workflow}/runs?event=workflow_dispatch&per_page=100`);
  return runs.workflow_runs.find(({ display_title }) => display_title.split(/[^\w-]+/).includes(planId))?.id;
}

/** The run's number, where GitHub gives it. */
async function dispatch(github, workflow, inputs) {
  const body = { ref: process.env.GITHUB_REF, inputs, return_run_details: true };
  return (await github('POST', `${workflow}/dispatches`, body))?.workflow_run_id;
}

async function gitHub() {
  const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN_SECRET } = process.env;
  const token = await secret(GITHUB_TOKEN_SECRET);
  return async (method, path, body) => {
    const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/actions/workflows/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : JSON.parse(text);
    throw new Refusal(`GitHub answered ${response.status} to ${method} ${path}: ${text.slice(0, 300)}`);
  };
}

/** Asked for each plan: a token that was replaced is used at once. Source: Secrets Manager API reference, GetSecretValue. */
async function secret(id) {
  const { status, text } = await ask(
    { name: 'secretsmanager', variable: 'SECRETS_MANAGER' },
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' },
      body: JSON.stringify({ SecretId: id }),
    },
  );
  const { SecretString } = status === 200 ? JSON.parse(text) : {};
  if (SecretString) return SecretString.trim();
  throw new Refusal(`Secrets Manager does not give the token for GitHub (${status}): ${id}`);
}
