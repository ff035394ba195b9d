import { type Answer, ApiError, ok } from './answers.ts';
import { dispatch } from './dispatch.ts';
import { runApi, runHtml, runJson, workflowJson } from './json-actions.ts';
import { page } from './paging.ts';
import { type Call, type Route, route } from './router.ts';
import { filterRuns } from './run-filters.ts';
import { head, type State } from './state.ts';
import { parseWorkflow } from './workflow-file.ts';
import type { Workflow } from './workflows.ts';

const base = '/repos/{owner}/{repo}/actions/workflows';
const docs = 'https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event';

/** Workflows: list, get, enable, disable, runs, dispatch. */
export function workflowRoutes(state: State): readonly Route[] {
  const { site, workflows } = state;
  const wanted = ({ params }: Call) => workflows.get(params['workflow_id'] ?? '');
  const turn = (to: Workflow['state']) => async (call: Call) => {
    (await wanted(call)).state = to;
    return { status: 204 };
  };
  return [
    route('GET', base, async (call) => {
      const named = await Promise.all((await workflows.list()).map((each) => described(state, each)));
      return page(call, site.apiUrl, 'workflows', named, (each) => each);
    }),
    route('GET', `${base}/{workflow_id}`, async (call) => ok(await described(state, await wanted(call)))),
    route('PUT', `${base}/{workflow_id}/enable`, turn('active')),
    route('PUT', `${base}/{workflow_id}/disable`, turn('disabled_manually')),
    route('GET', `${base}/{workflow_id}/runs`, async (call) => {
      const workflow = await wanted(call);
      const runs = filterRuns(state, call.query).filter((run) => run.workflow === workflow);
      return page(call, site.apiUrl, 'workflow_runs', runs, (run) => runJson(site, run));
    }),
    route('POST', `${base}/{workflow_id}/dispatches`, async (call) => dispatched(state, call, await wanted(call))),
  ];
}

async function described(state: State, workflow: Workflow) {
  const { commit } = await head(state, undefined);
  const text = (await state.source.read(commit.sha, workflow.path)) ?? '';
  return workflowJson(state.site, workflow, nameOf(text, workflow.path));
}

/** GitHub lists a broken workflow under its path. */
function nameOf(text: string, path: string): string {
  try {
    return parseWorkflow(text, path).name;
  } catch {
    return path;
  }
}

async function dispatched(state: State, call: Call, workflow: Workflow): Promise<Answer> {
  const details = wantsDetails(state, call);
  const run = await dispatch(state, workflow, call.body, call.user.login);
  const { site } = state;
  if (!details) return { status: 204 };
  return ok({ workflow_run_id: run.id, run_url: runApi(site, run.id), html_url: runHtml(site, run.id) });
}

/**
 * API version 2026-03-10 always tells the run; 2022-11-28 does when asked; older servers do not know the question.
 * @throws ApiError 400 for a field that this server does not know, 422 for other unknown fields.
 */
function wantsDetails({ generation }: State, { body, apiVersion }: Call): boolean {
  const always = apiVersion === '2026-03-10';
  const known = new Set(['ref', 'inputs', ...(always || generation !== 'github.com' ? [] : ['return_run_details'])]);
  const stranger = Object.keys(body).find((key) => !known.has(key));
  if (stranger !== undefined) {
    const status = generation === 'github.com' ? 422 : 400;
    throw new ApiError(status, `Invalid request.\n\n"${stranger}" is not a permitted key.`, docs);
  }
  if (typeof body['ref'] !== 'string') throw new ApiError(422, 'Invalid request.\n\n"ref" wasn\'t supplied.', docs);
  return always || body['return_run_details'] === true;
}
