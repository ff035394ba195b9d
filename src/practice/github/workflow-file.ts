import { parse, stringify } from 'yaml';

export interface WorkflowFile {
  readonly name: string;
  readonly runName?: string;
  /** Undefined where the file has no `workflow_dispatch` trigger. */
  readonly inputs?: Readonly<Record<string, WorkflowInput>>;
  readonly concurrency?: Concurrency;
  readonly jobs: readonly JobFile[];
}

export interface WorkflowInput {
  readonly type: string;
  readonly required: boolean;
  readonly default?: string;
  readonly options: readonly string[];
}

export interface Concurrency {
  readonly group: string;
  readonly cancelInProgress: boolean;
}

export interface JobFile {
  readonly id: string;
  readonly name: string;
  readonly needs: readonly string[];
  readonly if?: string;
  readonly environment?: string;
  readonly labels: readonly string[];
  readonly steps: readonly string[];
  /** A workflow that holds this job alone. */
  readonly alone: string;
}

/** @throws Error where the text is no workflow. */
export function parseWorkflow(text: string, path: string): WorkflowFile {
  const root = record(parse(text));
  const jobs = Object.entries(record(root['jobs']));
  if (jobs.length === 0) throw new Error(`No jobs defined in ${path}`);
  const runName = scalar(root['run-name']);
  const concurrency = concurrencyOf(root['concurrency']);
  const inputs = dispatchInputs(root['on']);
  return {
    name: scalar(root['name']) ?? path,
    ...(runName !== undefined && { runName }),
    ...(inputs && { inputs }),
    ...(concurrency && { concurrency }),
    jobs: jobs.map(([id, job]) => jobOf(id, record(job), root)),
  };
}

function dispatchInputs(on: unknown): WorkflowFile['inputs'] {
  const triggers = typeof on === 'string' ? [on] : Array.isArray(on) ? on.map(String) : Object.keys(record(on));
  if (!triggers.includes('workflow_dispatch')) return undefined;
  const declared = Array.isArray(on) ? {} : record(record(record(on)['workflow_dispatch'])['inputs']);
  return Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, inputOf(record(input))]));
}

function inputOf(input: Record<string, unknown>): WorkflowInput {
  const fallback = scalar(input['default']);
  return {
    type: scalar(input['type']) ?? 'string',
    required: input['required'] === true,
    ...(fallback !== undefined && { default: fallback }),
    options: list(input['options']),
  };
}

function concurrencyOf(value: unknown): Concurrency | undefined {
  const group = scalar(value) ?? scalar(record(value)['group']);
  return group === undefined ? undefined : { group, cancelInProgress: record(value)['cancel-in-progress'] === true };
}

function jobOf(id: string, job: Record<string, unknown>, root: Record<string, unknown>): JobFile {
  const { needs, if: condition, environment, ...rest } = job;
  const when = scalar(condition);
  const gate = scalar(environment) ?? scalar(record(environment)['name']);
  return {
    id,
    name: scalar(job['name']) ?? id,
    needs: list(needs),
    ...(when !== undefined && { if: when }),
    ...(gate !== undefined && { environment: gate }),
    labels: list(job['runs-on']),
    steps: (Array.isArray(job['steps']) ? job['steps'] : []).map((step) => stepName(record(step))),
    alone: stringify({ ...root, jobs: { [id]: rest } }),
  };
}

/** How GitHub names a step that has no name. */
function stepName(step: Record<string, unknown>): string {
  const name = scalar(step['name']);
  if (name !== undefined) return name;
  const what = scalar(step['uses']) ?? scalar(step['run'])?.trim().split('\n')[0];
  return `Run ${what ?? ''}`;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function scalar(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [scalar(value)].filter((each) => each !== undefined);
}
