import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, ProxyAgent, Socks5ProxyAgent, WebSocket } from 'undici';
import { unlessCancelled } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import { CancelledError, JarvisError } from '../../core/errors.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import type { JsonObject } from '../../domain/remediation/json.ts';
import type { Credentials } from './credential-cache.ts';
import type { Access } from './credentials.ts';
import { apiError, networkError, timeoutError } from './errors.ts';
import { Valve, valved } from './valve.ts';
import { decodeStatus } from './watch-stream.ts';

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  /** From `apiPath`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly accept?: string;
  readonly body?: { readonly type: string; readonly content: unknown };
  /** It may be sent twice without harm; a GET always may. */
  readonly repeatable?: boolean;
  /** How long to wait for the answer (of a stream: for its beginning), ms. */
  readonly patienceMs?: number;
}
export interface ApiResponse {
  readonly contentType: string;
  readonly body: Readable;
}

export interface ValvedWebSocket {
  readonly webSocket: WebSocket;
  /** Shut while what has come cannot be passed on. */
  readonly valve: Valve;
}

const defaultPatienceMs = 30_000;

/** All HTTP to one context: one pool of connections, credentials asked for once and once again after a 401, typed errors. */
export class Transport implements Disposable {
  readonly ref: ClusterRef;
  readonly clock: Clock;
  /** Server time minus this machine's, ms. The Date header has whole seconds: its middle is taken. */
  clockSkew = 0;
  /** Can this server send a list as a stream? False after it has refused to (before 1.27, or switched off). */
  streamsLists = true;
  readonly #credentials: Credentials;
  #pool: { readonly access: Access; readonly dispatcher: Dispatcher } | undefined;

  constructor(ref: ClusterRef, credentials: Credentials, clock: Clock) {
    this.ref = ref;
    this.clock = clock;
    this.#credentials = credentials;
  }

  /** The whole answer as JSON. @throws JarvisError kube.* */
  async json(request: ApiRequest, signal: AbortSignal): Promise<JsonObject> {
    const { body } = await this.bytes(request, signal);
    return JSON.parse(body.toString('utf8')) as JsonObject;
  }

  /** The whole answer as bytes. @throws JarvisError kube.* */
  bytes(request: ApiRequest, signal: AbortSignal): Promise<{ contentType: string; body: Buffer }> {
    return this.#patiently(request, signal, async (access, patient) => {
      const { contentType, body } = await this.#send(request, access, patient);
      return { contentType, body: await collect(body) };
    });
  }

  /** The answer as a stream; it ends when the signal fires. @throws JarvisError kube.* when there is none. */
  stream(request: ApiRequest, signal: AbortSignal): Promise<ApiResponse> {
    return this.#patiently(request, signal, (access, patient) => this.#send(request, access, patient));
  }

  /** A WebSocket that is being opened; one that the server refuses ends without saying why. */
  async webSocket(request: ApiRequest, protocol: string, signal: AbortSignal): Promise<ValvedWebSocket> {
    const access = await this.#credentials.get(signal);
    const { server } = this.ref;
    const valve = new Valve();
    const webSocket = new WebSocket(new URL(server).origin.replace(/^http/, 'ws') + pathOf(server, request), {
      protocols: [protocol],
      dispatcher: valved(this.#dispatcherFor(access), valve),
      headers: { ...access.headers, 'User-Agent': 'jarvis' },
    });
    return { webSocket, valve };
  }

  /** What a request, or the reading of a stream, broke with. */
  streamError(error: unknown): unknown {
    return networkError({ ...this.ref, proxyUrl: this.#pool?.access.proxyUrl }, error);
  }

  /** The kubeconfig has changed: the next request asks for credentials anew. */
  renew(): void {
    this.#credentials.forget();
  }

  dispose(): void {
    this.#credentials.forget();
    void this.#pool?.dispatcher.destroy();
    this.#pool = undefined;
  }

  /** Runs with credentials that the server accepts, which are asked for once again after a 401, and with a time limit. */
  async #patiently<T>(
    { patienceMs = defaultPatienceMs }: ApiRequest,
    signal: AbortSignal,
    run: (access: Access, patient: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const attempt = (access: Access) => this.#within(patienceMs, signal, (patient) => run(access, patient));
    const access = await this.#credentials.get(signal);
    try {
      return await attempt(access);
    } catch (error) {
      const isRefused = error instanceof JarvisError && error.code === 'kube.unauthorized';
      if (!isRefused || !this.#credentials.refused(access)) throw error;
    }
    return attempt(await this.#credentials.get(signal));
  }

  /** Runs with a signal that fires on cancelling and, until the run has ended, when the time is over. */
  async #within<T>(ms: number, signal: AbortSignal, run: (patient: AbortSignal) => Promise<T>): Promise<T> {
    const late = new AbortController();
    const timer = this.clock.after(ms, () => late.abort());
    try {
      const patient = AbortSignal.any([signal, late.signal]);
      // undici heeds a signal only once it is connected
      return await unlessCancelled(run(patient), patient);
    } catch (error) {
      if (signal.aborted) throw new CancelledError();
      if (late.signal.aborted) throw timeoutError(this.ref.context, ms / 1000);
      throw this.streamError(error);
    } finally {
      timer.dispose();
    }
  }

  /** A kept connection may be closed by the other side just when it is used again: then once more, on a new one. */
  async #send(request: ApiRequest, access: Access, signal: AbortSignal): Promise<ApiResponse> {
    const { method = 'GET', repeatable = method === 'GET' } = request;
    try {
      return await this.#sendOnce(request, access, signal);
    } catch (error) {
      if (!repeatable || signal.aborted || !isConnectionLost(error)) throw error;
      return this.#sendOnce(request, access, signal);
    }
  }

  async #sendOnce(request: ApiRequest, access: Access, signal: AbortSignal): Promise<ApiResponse> {
    const response = await this.#dispatcherFor(access).request({
      origin: new URL(this.ref.server).origin,
      path: pathOf(this.ref.server, request),
      method: request.method ?? 'GET',
      headers: {
        ...access.headers,
        'User-Agent': 'jarvis',
        Accept: request.accept ?? 'application/json',
        ...(request.body && { 'Content-Type': request.body.type }),
      },
      ...(request.body && { body: JSON.stringify(request.body.content) }),
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    return this.#accept(response);
  }

  async #accept({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<ApiResponse> {
    this.#measureSkew(headers['date']);
    if (statusCode < 300) return { contentType: headerText(headers['content-type']), body };
    const status = decodeStatus(headerText(headers['content-type']), await collect(body));
    const retryAfter = headerText(headers['retry-after']) || undefined;
    throw apiError(this.ref.context, { ...status, code: statusCode }, retryAfter);
  }

  #measureSkew(date: string | string[] | undefined): void {
    const served = Date.parse(headerText(date));
    if (!Number.isNaN(served)) this.clockSkew = served + 500 - this.clock.now();
  }

  /** One pool for as long as the credentials last; requests under way end on the pool that they began on. */
  #dispatcherFor(access: Access): Dispatcher {
    if (this.#pool?.access === access) return this.#pool.dispatcher;
    void this.#pool?.dispatcher.close();
    this.#pool = { access, dispatcher: makeDispatcher(access) };
    return this.#pool.dispatcher;
  }
}

function pathOf(server: string, { path, query = {} }: ApiRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  return new URL(server).pathname.replace(/\/$/, '') + path + (search.size > 0 ? `?${search.toString()}` : '');
}

function makeDispatcher({ tls, proxyUrl }: Access): Dispatcher {
  // TCP itself gives up on a silent peer about ten seconds after the first probe
  const connect = { ...tls, keepAlive: true, keepAliveInitialDelay: 15_000, timeout: 10_000 };
  if (!proxyUrl) return new Agent({ connect, allowH2: false });
  if (proxyUrl.startsWith('socks'))
    return new Socks5ProxyAgent(proxyUrl.replace(/^socks5?h?:/, 'socks5:'), { requestTls: connect });
  return new ProxyAgent({ uri: proxyUrl, requestTls: connect, allowH2: false });
}

async function collect(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function isConnectionLost(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

function headerText(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
