import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** A way in which a server misbehaves towards those who come through the fault proxy. */
export type Fault =
  /** Answers itself, in the server's own form. */
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly retryAfterSeconds?: number;
      readonly message?: string;
    }
  /** Resets the connection instead of answering. */
  | { readonly kind: 'reset' }
  /** Passes the answer's beginning on, then resets the connection. */
  | { readonly kind: 'cut'; readonly afterBytes?: number }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Passes all on and tells, in the Date header, a time so far from the true one. */
  | { readonly kind: 'skew'; readonly ms: number }
  /** Waits before it passes the request on. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Answers as AWS does when the session's token has expired. */
  | { readonly kind: 'expire' };

/** When a fault applies. */
export interface FaultScope {
  /** So many requests; without it, until cleared. */
  readonly times?: number;
  /** Only requests whose path and query contain this. */
  readonly path?: string;
  /** Only this HTTP method. */
  readonly method?: string;
  /** Only requests with this bearer token. */
  readonly token?: string;
  /** Only requests that are signed with this AWS access key. */
  readonly accessKey?: string;
}

/** What goes wrong at present for one server. The first fitting rule counts. */
export class FaultRules {
  #rules: { readonly fault: Fault; readonly scope: FaultScope; left: number }[] = [];

  add(fault: Fault, scope: FaultScope): void {
    this.#rules.push({ fault, scope, left: scope.times ?? Infinity });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault for this request, counted as used. */
  take(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): Fault | undefined {
    const rule = this.#rules.find(({ scope }) => fits(scope, request));
    if (!rule) return undefined;
    rule.left--;
    if (rule.left <= 0) this.#rules = this.#rules.filter((other) => other !== rule);
    return rule.fault;
  }
}

function fits({ path, method, token, accessKey }: FaultScope, request: Parameters<FaultRules['take']>[0]): boolean {
  const { method: actual = 'GET', url = '/', headers } = request;
  return (
    (path === undefined || url.includes(path)) &&
    (method === undefined || actual === method) &&
    (token === undefined || headers.authorization === `Bearer ${token}`) &&
    (accessKey === undefined || (headers.authorization ?? '').includes(`Credential=${accessKey}/`))
  );
}

export const delay = (ms: number) => wait(ms, undefined, { ref: false });
