import { iso, minimalRepository, nodeId, repoApi, repoHtml, simpleUser, type Site } from './json-repository.ts';
import { shortRef } from './repository.ts';
import { conclusionOf, type Job, type Run, statusOf, type Step } from './run.ts';
import type { Workflow } from './workflows.ts';

const epoch = '2024-01-01T00:00:00Z';
const orNull = (ms: number | undefined) => (ms === undefined ? null : iso(ms));

/** Schema `workflow`. */
export function workflowJson(site: Site, { id, path, state }: Workflow, name: string) {
  const file = path.split('/').at(-1) ?? path;
  return {
    ...{ id, node_id: nodeId('Workflow', id), name, path, state, created_at: epoch, updated_at: epoch },
    url: `${repoApi(site)}/actions/workflows/${id}`,
    html_url: `${repoHtml(site)}/blob/${site.defaultBranch}/${path}`,
    badge_url: `${repoHtml(site)}/actions/workflows/${file}/badge.svg`,
  };
}

export const runApi = (site: Site, id: number) => `${repoApi(site)}/actions/runs/${id}`;
export const runHtml = (site: Site, id: number) => `${repoHtml(site)}/actions/runs/${id}`;

/** Schema `workflow-run`. */
export function runJson(site: Site, run: Run) {
  const { id, number, workflow, target, actor } = run;
  const user = simpleUser(site, actor);
  const repository = minimalRepository(site);
  const url = runApi(site, id);
  const started = iso(run.createdAt);
  return {
    ...{ id, name: run.file.name, node_id: nodeId('WorkflowRun', id), run_number: number, run_attempt: 1 },
    ...{ check_suite_id: id + 1, check_suite_node_id: nodeId('CheckSuite', id + 1) },
    ...{ head_branch: shortRef(target.ref), head_sha: target.commit.sha, path: workflow.path },
    ...{ display_title: run.title, event: 'workflow_dispatch', workflow_id: workflow.id, pull_requests: [] },
    ...{ status: statusOf(run), conclusion: conclusionOf(run) ?? null },
    ...{ created_at: started, run_started_at: started, updated_at: iso(run.updatedAt) },
    ...{ actor: user, triggering_actor: user, url, html_url: runHtml(site, id) },
    ...{ jobs_url: `${url}/jobs`, logs_url: `${url}/logs`, artifacts_url: `${url}/artifacts` },
    ...{ cancel_url: `${url}/cancel`, rerun_url: `${url}/rerun`, previous_attempt_url: null },
    check_suite_url: `${repoApi(site)}/check-suites/${id + 1}`,
    workflow_url: `${repoApi(site)}/actions/workflows/${workflow.id}`,
    head_commit: headCommit(run),
    repository,
    head_repository: repository,
  };
}

function headCommit({ target: { commit } }: Run) {
  const { sha: id, treeSha: tree_id, message, date: timestamp, author } = commit;
  return { id, tree_id, message, timestamp, author, committer: author };
}

/** Schema `job`. */
export function jobJson(site: Site, run: Run, job: Job) {
  const running = job.startedAt !== undefined;
  return {
    ...{
      id: job.id,
      run_id: run.id,
      run_attempt: 1,
      run_url: runApi(site, run.id),
      node_id: nodeId('CheckRun', job.id),
    },
    ...{ workflow_name: run.file.name, head_branch: shortRef(run.target.ref), head_sha: run.target.commit.sha },
    ...{ name: job.file.name, status: job.status, conclusion: job.conclusion ?? null, labels: job.file.labels },
    url: `${repoApi(site)}/actions/jobs/${job.id}`,
    html_url: `${runHtml(site, run.id)}/job/${job.id}`,
    check_run_url: `${repoApi(site)}/check-runs/${job.id}`,
    ...{ created_at: iso(job.createdAt), started_at: iso(job.startedAt ?? job.createdAt) },
    completed_at: orNull(job.completedAt),
    steps: running ? job.steps.map(stepJson) : [],
    ...(running
      ? { runner_id: 1, runner_name: 'Practice runner', runner_group_id: 1, runner_group_name: 'Default' }
      : { runner_id: null, runner_name: null, runner_group_id: null, runner_group_name: null }),
  };
}

function stepJson({ name, status, conclusion, startedAt, completedAt }: Step, index: number) {
  const times = { started_at: orNull(startedAt), completed_at: orNull(completedAt) };
  return { name, status, conclusion: conclusion ?? null, number: index + 1, ...times };
}

const environmentId = (name: string) => Buffer.from(name).reduce((sum, byte) => sum * 31 + byte, 7) % 2 ** 31;

/** What every answer tells of an environment. */
function namedEnvironment(site: Site, name: string) {
  const id = environmentId(name);
  const url = `${repoApi(site)}/environments/${name}`;
  const html_url = `${repoHtml(site)}/deployments/activity_log?environments_filter=${name}`;
  return { id, node_id: nodeId('Environment', id), name, url, html_url };
}

/** Schema `environment`. @param reviewer who approves its jobs; undefined: nobody has to */
export function environmentJson(site: Site, name: string, reviewer: string | undefined) {
  const { id, ...environment } = namedEnvironment(site, name);
  const rule = { id: id + 1, node_id: nodeId('GateRule', id), type: 'required_reviewers', prevent_self_review: false };
  const reviewers = reviewer === undefined ? [] : [{ type: 'User', reviewer: simpleUser(site, reviewer) }];
  return {
    ...{ id, ...environment, created_at: epoch, updated_at: epoch, deployment_branch_policy: null },
    protection_rules: reviewers.length === 0 ? [] : [{ ...rule, reviewers }],
  };
}

/** Schema `pending-deployment`. */
export function pendingJson(site: Site, name: string, reviewer: string) {
  return {
    environment: namedEnvironment(site, name),
    ...{ wait_timer: 0, wait_timer_started_at: null, current_user_can_approve: true },
    reviewers: [{ type: 'User', reviewer: simpleUser(site, reviewer) }],
  };
}

/** Schema `deployment`, for an environment that was reviewed. */
export function deploymentJson(site: Site, run: Run, environment: string, now: number) {
  const id = environmentId(environment);
  const url = `${repoApi(site)}/deployments/${id}`;
  return {
    ...{ url, id, node_id: nodeId('Deployment', id), sha: run.target.commit.sha, ref: shortRef(run.target.ref) },
    ...{ task: 'deploy', payload: {}, environment, original_environment: environment, description: null },
    ...{ creator: simpleUser(site, run.actor), created_at: iso(run.createdAt), updated_at: iso(now) },
    ...{ statuses_url: `${url}/statuses`, repository_url: repoApi(site) },
  };
}
