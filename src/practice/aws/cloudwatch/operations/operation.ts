import * as v from 'valibot';
import type { ApiError } from '../errors.ts';
import { invalidValue, missingParameter, validationError } from '../errors.ts';
import type { CloudWatchService } from '../service.ts';

/** An operation of the API: takes the request's JSON, answers with the response's, undefined for an empty answer. */
export type Operation = (service: CloudWatchService, input: unknown) => object | undefined;

/**
 * How an operation reports a member that breaks a constraint: the older ones answer InvalidParameterValue and
 * MissingParameter, the others ValidationError.
 */
export type ErrorStyle = 'parameter' | 'validation';

/** An operation that reads its input by a schema, so that what follows is typed and valid. */
export function operation<S extends v.GenericSchema>(
  schema: S,
  run: (service: CloudWatchService, input: v.InferOutput<S>) => object | undefined,
  style: ErrorStyle = 'validation',
): Operation {
  return (service, input) => {
    const result = v.safeParse(schema, input, { abortEarly: true });
    if (!result.success) throw constraintError(result.issues[0], style);
    return run(service, result.output);
  };
}

function constraintError(issue: v.BaseIssue<unknown>, style: ErrorStyle): ApiError {
  const keys = (issue.path ?? []).map((item) => item.key);
  const missing = issue.received === 'undefined';
  if (style === 'validation') return validationError(`1 validation error detected: ${violation(issue, keys, missing)}`);
  const name = keys.map((key) => (typeof key === 'number' ? `member.${key + 1}` : String(key))).join('.');
  if (missing) return missingParameter(`The parameter ${name} is required.`);
  return invalidValue(`The value ${shown(issue.input)} for parameter ${name} is invalid. ${constraint(issue)}`);
}

function violation(issue: v.BaseIssue<unknown>, keys: readonly unknown[], missing: boolean): string {
  const at = keys.map((key) => (typeof key === 'number' ? `${key + 1}.member` : lowerFirst(String(key)))).join('.');
  const value = missing ? 'null' : `'${shown(issue.input)}'`;
  return `Value ${value} at '${at}' failed to satisfy constraint: ${missing ? 'Member must not be null' : constraint(issue)}`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200);

function constraint({ type, expected, requirement }: v.BaseIssue<unknown>): string {
  const bound = typeof requirement === 'number' ? requirement : '';
  switch (type) {
    case 'min_length':
      return `Member must have length greater than or equal to ${bound}`;
    case 'max_length':
      return `Member must have length less than or equal to ${bound}`;
    case 'min_value':
      return `Member must have value greater than or equal to ${bound}`;
    case 'max_value':
      return `Member must have value less than or equal to ${bound}`;
    case 'picklist':
      return `Member must satisfy enum value set: [${(expected ?? '').replace(/["()]/g, '').replaceAll(' | ', ', ')}]`;
    case 'regex':
      return `Member must satisfy regular expression pattern: ${expected ?? ''}`;
    case 'check':
      return 'Member is not supported here';
    default:
      return `Member must be of type ${expected ?? 'known'}`;
  }
}

/** Milliseconds inside, seconds on the wire. */
export const seconds = (milliseconds: number) => milliseconds / 1000;
