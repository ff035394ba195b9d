import { type Answer, notFound } from './answers.ts';

/** A request on its way to a handler. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly apiVersion: string;
  readonly user: User;
}

export interface User {
  readonly login: string;
  readonly access: 'write' | 'read' | 'none';
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

export interface Route {
  readonly method: string;
  /** As in GitHub's OpenAPI document: `/repos/{owner}/{repo}/actions/runs/{run_id}`. */
  readonly template: string;
  readonly handler: Handler;
}

/** Parameters that may hold slashes. */
const open = new Set(['path', 'ref', 'branch']);

export function route(method: string, template: string, handler: Handler): Route {
  return { method, template, handler };
}

/** @throws ApiError 404 */
export function match(routes: readonly Route[], method: string, path: string) {
  for (const candidate of routes) {
    const params = candidate.method === method ? paramsOf(candidate.template, path) : undefined;
    if (params) return { route: candidate, params };
  }
  throw notFound();
}

function paramsOf(template: string, path: string): Record<string, string> | undefined {
  const pattern = template.replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${open.has(name) ? '.+' : '[^/]+'})`);
  const found = new RegExp(`^${pattern}$`).exec(path)?.groups;
  if (!found && !new RegExp(`^${pattern}$`).test(path)) return undefined;
  return Object.fromEntries(Object.entries(found ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]));
}
