import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Exchange } from '../../../src/practice/github/pipeline.ts';

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
}
type Schema = Record<string, unknown>;
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const compiled = new Map<string, ValidateFunction | undefined>();
let paths: Paths | undefined;

/**
 * Fails unless GitHub's published description allows this answer. Statuses that it does not list (401, 422 and 429 of
 * most operations) must have the form of GitHub's errors.
 */
export function assertAsGithub({ method, template, status, body, path }: Exchange): void {
  if (template === undefined || status === 304) return;
  const validate = validator(method, template, status);
  if (validate) assert.ok(validate(body), `${method} ${path} ${status}: ${ajv.errorsText(validate.errors)}`);
  else if (status >= 400) assert.ok(isError(body), `${method} ${path} ${status}: ${JSON.stringify(body)}`);
  else assert.equal(body, undefined, `${method} ${path} ${status} has no body`);
}

function validator(method: string, template: string, status: number): ValidateFunction | undefined {
  const key = `${method} ${template} ${status}`;
  if (!compiled.has(key)) compiled.set(key, compile(method, template, status));
  return compiled.get(key);
}

function compile(method: string, template: string, status: number): ValidateFunction | undefined {
  const operation = operations()[template]?.[method.toLowerCase()];
  assert.ok(operation, `GitHub has no ${method} ${template}`);
  const content = operation.responses[String(status)]?.content?.['application/json'];
  const listed = content !== undefined || String(status) in operation.responses;
  assert.ok(status >= 300 || listed, `${method} ${template}: ${status}?`);
  return content && ajv.compile(withNulls(content.schema) as Schema);
}

/** Only this file: requiring the package reads every version of every server. */
function operations(): Paths {
  const file = new URL(import.meta.resolve('@octokit/openapi/generated/api.github.com.deref.json'));
  paths ??= (JSON.parse(readFileSync(file, 'utf8')) as { paths: Paths }).paths;
  return paths;
}

/** OpenAPI 3.0 says `nullable`, also beside an `enum` that lists no null; JSON Schema knows no such word. */
function withNulls(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNulls);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withNulls(value)]));
  const { nullable, ...rest } = copy;
  return nullable === true ? { anyOf: [{ type: 'null' }, rest] } : copy;
}

function isError(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'message' in body && 'documentation_url' in body;
}
