import { parseYaml } from '../yaml.ts';

/** What a workflow file declares, as far as a dispatch depends on it. */
export interface WorkflowDeclaration {
  /** Undefined where the file has no `workflow_dispatch` trigger. */
  readonly inputs: ReadonlyMap<string, DeclaredInput> | undefined;
  /** The title of its runs, where it sets one. */
  readonly runName: string | undefined;
  /** The environments of its jobs, each once; an expression stands as it is written. */
  readonly environments: readonly string[];
}

export interface DeclaredInput {
  readonly type: string;
  readonly required: boolean;
  readonly hasDefault: boolean;
  readonly options: readonly string[];
}

/** @throws Error where the text is no YAML. */
export function readWorkflow(text: string): WorkflowDeclaration {
  const root = record(parseYaml(text));
  const runName = root['run-name'];
  return {
    inputs: dispatchInputs(root['on']),
    runName: typeof runName === 'string' ? runName : undefined,
    environments: [...new Set(Object.values(record(root['jobs'])).flatMap((job) => environmentOf(record(job))))],
  };
}

/** Source: GitHub's workflow syntax, `jobs.<job_id>.environment`: a name, or an object with one. */
function environmentOf({ environment }: Record<string, unknown>): readonly string[] {
  const name = typeof environment === 'string' ? environment : record(environment)['name'];
  return typeof name === 'string' && name !== '' ? [name] : [];
}

function dispatchInputs(on: unknown): WorkflowDeclaration['inputs'] {
  if (on === 'workflow_dispatch') return new Map();
  if (Array.isArray(on)) return on.includes('workflow_dispatch') ? new Map() : undefined;
  const triggers = record(on);
  if (!Object.hasOwn(triggers, 'workflow_dispatch')) return undefined;
  const declared = record(record(triggers['workflow_dispatch'])['inputs']);
  return new Map(Object.entries(declared).map(([name, input]) => [name, declaredInput(record(input))]));
}

function declaredInput({ type, required, options, ...input }: Record<string, unknown>): DeclaredInput {
  return {
    type: typeof type === 'string' ? type : 'string',
    required: required === true,
    hasDefault: input['default'] !== undefined && input['default'] !== '',
    options: Array.isArray(options) ? options.map(word) : [],
  };
}

/** Options are written as words, but YAML may take one for a number. */
function word(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
