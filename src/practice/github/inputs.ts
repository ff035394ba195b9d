import { ApiError } from './answers.ts';
import type { WorkflowInput } from './workflow-file.ts';

const docs = 'https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event';
const mostInputs = 25;

/** The inputs of a dispatch with defaults filled in. @throws ApiError 422 in GitHub's words. */
export function checkInputs(
  declared: Readonly<Record<string, WorkflowInput>>,
  given: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const unexpected = Object.keys(given).filter((name) => !Object.hasOwn(declared, name));
  if (Object.keys(given).length > mostInputs) refuse(`you may only define up to ${mostInputs} \`inputs\``);
  if (unexpected.length > 0) refuse(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  const values: Record<string, string> = {};
  for (const [name, input] of Object.entries(declared)) values[name] = valueOf(name, input, given[name]);
  return values;
}

function valueOf(name: string, input: WorkflowInput, given: unknown): string {
  const value = text(given) ?? input.default;
  if (value === undefined || value === '') {
    if (input.required) refuse(`Required input '${name}' not provided`);
    return input.type === 'boolean' ? 'false' : '';
  }
  if (input.type === 'choice' && !input.options.includes(value))
    refuse(`Provided value '${value}' for input '${name}' not in the list of allowed values`);
  if (input.type === 'number' && !Number.isFinite(Number(value))) refuse(wrongType(name, value, 'number'));
  if (input.type === 'boolean' && !['true', 'false'].includes(value)) refuse(wrongType(name, value, 'boolean'));
  return value;
}

function wrongType(name: string, value: string, type: string): string {
  return `Provided value '${value}' for input '${name}' is not a valid ${type}`;
}

function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function refuse(message: string): never {
  throw new ApiError(422, message, docs);
}
