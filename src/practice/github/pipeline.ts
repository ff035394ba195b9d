import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, ApiError, notFound } from './answers.ts';
import type { FaultAnswer, Faults } from './faults.ts';
import { logText } from './handlers-runs.ts';
import type { RateLimit } from './rate-limit.ts';
import { type Call, match, type Route, type User } from './router.ts';
import { runPage } from './run-page.ts';
import type { State } from './state.ts';

/** One request and its answer, for tests that hold them against GitHub's schemas. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** The operation's path in GitHub's OpenAPI document; undefined where none was found. */
  readonly template: string | undefined;
  readonly requestBody: unknown;
  readonly status: number;
  readonly body: unknown;
}

interface Parts {
  readonly state: State;
  readonly faults: Faults;
  readonly limit: RateLimit;
  readonly tokens: Readonly<Record<string, User>>;
  readonly routes: readonly Route[];
}

/** A request as far as it was understood when the answer was made. */
interface Progress {
  readonly method: string;
  readonly path: string;
  body: Readonly<Record<string, unknown>>;
  template: string | undefined;
}

/** The way of every request: faults, sign-in, rate limit, handler, ETag. */
export class Pipeline {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @returns undefined where the connection was cut on purpose. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<Exchange | undefined> {
    const { faults, state } = this.#parts;
    const prefix = new URL(state.site.apiUrl).pathname.replace(/\/$/, '');
    const url = new URL(request.url ?? '/', state.site.apiUrl);
    const progress: Progress = {
      method: request.method ?? 'GET',
      path: url.pathname.slice(prefix.length),
      body: {},
      template: undefined,
    };
    const fault = faults.take(progress.method, progress.path);
    if (fault === 'disconnect') {
      response.destroy();
      return undefined;
    }
    const asked = fault === 'loseAnswer' ? undefined : fault;
    const answer = await this.#answer(request, url, progress, asked).catch(failed);
    if (fault === 'loseAnswer') {
      response.destroy();
      return undefined;
    }
    const sent = this.#send(request, response, answer);
    return { ...progress, requestBody: progress.body, status: sent.status, body: sent.body };
  }

  async #answer(request: IncomingMessage, url: URL, progress: Progress, fault?: FaultAnswer): Promise<Answer> {
    const { state, limit, routes } = this.#parts;
    progress.body = await bodyOf(request);
    if (fault) throw new ApiError(fault.status, fault.message ?? 'Server Error', undefined, fault.headers);
    const log = /^\/_logs\/(\d+)$/.exec(progress.path)?.[1];
    if (log !== undefined) return textAnswer(logText(state, log, Number(url.searchParams.get('expires'))));
    const page = progress.method === 'GET' ? runPage(state, url.pathname) : undefined;
    if (page) return page;
    const user = this.#userOf(request);
    const apiVersion = this.#versionOf(request);
    if (progress.path !== '/rate_limit') limit.take();
    const { route, params } = match(routes, progress.method, progress.path);
    progress.template = route.template;
    const call = { ...progress, params, query: url.searchParams, apiVersion, user };
    this.#admit(call);
    return route.handler(call);
  }

  /** @throws ApiError 401 */
  #userOf(request: IncomingMessage): User {
    const [, token] = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) throw new ApiError(401, 'Requires authentication');
    const user = Object.hasOwn(this.#parts.tokens, token) ? this.#parts.tokens[token] : undefined;
    if (!user) throw new ApiError(401, 'Bad credentials');
    return user;
  }

  /** @throws ApiError 400 */
  #versionOf(request: IncomingMessage): string {
    const known = ['2022-11-28', ...(this.#parts.state.generation === 'github.com' ? ['2026-03-10'] : [])];
    const asked = request.headers['x-github-api-version'] ?? '2022-11-28';
    if (typeof asked !== 'string' || !known.includes(asked))
      throw new ApiError(400, `"${String(asked)}" is not a supported version.`);
    return asked;
  }

  /** A private repository hides from strangers and lets readers write nothing. @throws ApiError 403, 404 */
  #admit({ params, method, user }: Call): void {
    const { owner, repo } = params;
    if (owner === undefined || repo === undefined) return;
    if (user.access === 'none' || `${owner}/${repo}` !== this.#parts.state.site.repository) throw notFound();
    if (method !== 'GET' && user.access !== 'write')
      throw new ApiError(403, 'Resource not accessible by personal access token');
  }

  #send(request: IncomingMessage, response: ServerResponse, answer: Answer): Answer {
    const plain = typeof answer.body === 'string';
    const text =
      typeof answer.body === 'string' ? answer.body : answer.body === undefined ? '' : JSON.stringify(answer.body);
    const etag = answer.status === 200 && request.method === 'GET' ? etagOf(text) : undefined;
    const unchanged = etag !== undefined && request.headers['if-none-match'] === etag;
    if (unchanged) this.#parts.limit.giveBack();
    const status = unchanged ? 304 : answer.status;
    response.writeHead(status, {
      ...(text !== '' &&
        !unchanged && { 'content-type': `${plain ? 'text/plain' : 'application/json'}; charset=utf-8` }),
      ...(etag !== undefined && { etag, 'cache-control': 'private, max-age=60, s-maxage=60' }),
      'x-github-request-id': randomUUID(),
      'x-oauth-scopes': 'repo, workflow',
      ...this.#parts.limit.headers(),
      ...answer.headers,
    });
    response.end(unchanged ? undefined : text);
    return { status, body: unchanged ? undefined : answer.body };
  }
}

function textAnswer(body: string): Answer {
  return { status: 200, body };
}

function etagOf(text: string): string {
  return `W/"${createHash('sha256').update(text).digest('hex')}"`;
}

/** @throws ApiError 400 where the body is no JSON object. */
async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // falls through to the same refusal: GitHub tells no difference
  }
  throw new ApiError(400, 'Problems parsing JSON');
}

function failed(error: unknown): Answer {
  if (error instanceof ApiError) return error.toAnswer();
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ApiError(500, message).toAnswer();
}
