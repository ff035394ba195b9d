import { ApiError } from './answers.ts';
import { condition, type Contexts, interpolate } from './expressions.ts';
import { checkInputs } from './inputs.ts';
import { JobLog } from './job-log.ts';
import { type ResolvedRef, shortRef } from './repository.ts';
import { type Job, newSteps, type Run } from './run.ts';
import type { State } from './state.ts';
import { parseWorkflow, type WorkflowFile } from './workflow-file.ts';
import type { Workflow } from './workflows.ts';

const docs = 'https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event';
/** Above 2^32, as GitHub's are: ids that do not fit an int32 find careless clients. */
const firstRunId = 16_400_000_001;
const firstJobId = 47_300_000_001;

/** Starts a run of the workflow file as it is at the ref. @throws ApiError 422 in GitHub's words. */
export async function dispatch(
  state: State,
  workflow: Workflow,
  body: Readonly<Record<string, unknown>>,
  actor: string,
): Promise<Run> {
  if (workflow.state !== 'active') refuse("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  const ref = String(body['ref']);
  const target = await state.source.resolve(ref);
  if (!target) return refuse(`No ref found for: ${ref}`);
  const file = await fileAt(state, workflow, target);
  const inputs = checkInputs(file.inputs ?? {}, (body['inputs'] ?? {}) as Record<string, unknown>);
  const run = newRun(state, { workflow, file, target, inputs, actor });
  state.runs.push(run);
  state.engine.start(run);
  return run;
}

async function fileAt(state: State, workflow: Workflow, target: ResolvedRef): Promise<WorkflowFile> {
  const text = await state.source.read(target.commit.sha, workflow.path);
  const file = text === undefined ? undefined : parsed(text, workflow.path);
  if (!file?.inputs) return refuse("Workflow does not have 'workflow_dispatch' trigger");
  return file;
}

function parsed(text: string, path: string): WorkflowFile {
  try {
    return parseWorkflow(text, path);
  } catch (error) {
    return refuse(`failed to parse workflow: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Start = Pick<Run, 'workflow' | 'file' | 'target' | 'inputs' | 'actor'>;

function newRun({ clock, runs, site }: State, start: Start): Run {
  const { workflow, file } = start;
  const id = firstRunId + runs.length * 16;
  const now = clock.now();
  const contexts = contextsOf(site.repository, start, id);
  return {
    ...start,
    id,
    number: ++workflow.runs,
    contexts,
    ...checked(file, contexts),
    createdAt: now,
    updatedAt: now,
    pending: false,
    cancel: new AbortController(),
    kill: new AbortController(),
    jobs: file.jobs.map((job, index): Job => {
      const jobId = firstJobId + runs.length * 64 + index;
      const times = { createdAt: now, startedAt: undefined, completedAt: undefined };
      const start = { status: 'queued' as const, conclusion: undefined, approved: false };
      return { id: jobId, file: job, steps: newSteps(job), log: new JobLog(), ...start, ...times };
    }),
  };
}

function contextsOf(repository: string, { inputs, target, file, actor }: Start, id: number): Contexts {
  const names = { ref: target.ref, ref_name: shortRef(target.ref), sha: target.commit.sha, workflow: file.name };
  const github = {
    ...names,
    actor,
    repository,
    run_id: String(id),
    event_name: 'workflow_dispatch',
    event: { inputs },
  };
  return { github, inputs: typed(file, inputs), vars: {}, needs: {} };
}

/** The `inputs` context keeps booleans and numbers; `github.event.inputs` holds texts. */
function typed(file: WorkflowFile, inputs: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]): [string, unknown] => {
      const type = file.inputs?.[name]?.type;
      if (type === 'boolean') return [name, value === 'true'];
      return [name, type === 'number' && value !== '' ? Number(value) : value];
    }),
  );
}

/** Every expression that this server reads, tried once. @throws ApiError 422 where one is wrong. */
function checked(file: WorkflowFile, contexts: Contexts): Pick<Run, 'title' | 'group'> {
  try {
    for (const job of file.jobs) condition(job.if, contexts, 'success');
    const title = interpolate(file.runName ?? '', contexts).trim();
    const group = file.concurrency && interpolate(file.concurrency.group, contexts);
    return { title: title === '' ? file.name : title, group };
  } catch (error) {
    return refuse(`failed to parse workflow: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuse(message: string): never {
  throw new ApiError(422, message, docs);
}
