import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ResourceRule } from '../../src/domain/kubernetes/access-rules.ts';
import { patched } from './fake-patch.ts';
import { watchFrame } from './protobuf.ts';

export interface FakeObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
  };
  readonly [field: string]: unknown;
}
interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: string;
  readonly object: FakeObject;
  readonly version: number;
}
/** An answer instead of the usual one. `hang`: none at all. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
type Intercept = (request: IncomingMessage) => Answer | 'hang' | undefined;

interface OpenWatch {
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly response: ServerResponse;
}

/** An API server in this process that speaks list and watch over HTTP, and every kind of bad weather on demand. */
export class FakeApiserver {
  readonly url: string;
  readonly requests: { method: string; url: URL; authorization: string; body: string }[] = [];
  /** Tried before the usual answer. */
  intercept: Intercept = () => undefined;
  /** Writes watch frames in protobuf: how an object is encoded. */
  encode: ((object: FakeObject) => Buffer) | undefined;
  /** False: an old server, which refuses `sendInitialEvents`. */
  streamsLists = true;
  /** False: the end of an initial list is never told. */
  finishesLists = true;
  /** What SelfSubjectAccessReviews answer. */
  review: { allowed: boolean; reason?: string } = { allowed: true };
  /** What SelfSubjectRulesReviews answer, by namespace. */
  rules: (namespace: string) => { resourceRules: readonly ResourceRule[]; incomplete: boolean } = () => ({
    resourceRules: [],
    incomplete: false,
  });
  /** Time as the Date header tells it, minus real time, ms. */
  skew = 0;
  readonly watches = new Set<OpenWatch>();
  readonly #server: Server;
  readonly #objects = new Map<string, Map<string, FakeObject>>();
  #history: Change[] = [];
  #version = 100;
  #compacted = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response));
  }

  static async start(): Promise<FakeApiserver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeApiserver(server);
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  put(resource: string, object: FakeObject): FakeObject {
    const all = this.#all(resource);
    const type = all.has(object.metadata.uid) ? 'MODIFIED' : 'ADDED';
    return this.#change(type, resource, object);
  }

  delete(resource: string, uid: string): void {
    const object = this.#all(resource).get(uid);
    if (object) this.#change('DELETED', resource, object);
  }

  /** Versions before now are forgotten: whoever resumes from one gets 410. */
  compact(): void {
    this.#compacted = ++this.#version;
    this.#history = [];
  }

  /** As if another server stood here now: nothing of what was is known, and versions count from the beginning. */
  startOver(): void {
    this.#objects.clear();
    this.#history = [];
    this.#version = 100;
  }

  /** Ends every watch as the server does when its time is over. */
  endWatches(): void {
    for (const { response } of this.watches) response.end();
  }

  /** Cuts the connections of all watches, inside a frame. */
  cutWatches(): void {
    for (const { response } of this.watches) {
      response.write(this.encode ? Buffer.from([0, 0, 1, 0, 7]) : '{"type":"ADD');
      setImmediate(() => response.socket?.destroy());
    }
  }

  send(event: { readonly type: string; readonly object: unknown }): void {
    for (const { response } of this.watches) response.write(`${JSON.stringify(event)}\n`);
  }

  bookmark(): void {
    this.#version++;
    for (const watch of this.watches) this.#write(watch.response, 'BOOKMARK', this.#bookmark(false));
  }

  #all(resource: string): Map<string, FakeObject> {
    const all = this.#objects.get(resource) ?? new Map<string, FakeObject>();
    this.#objects.set(resource, all);
    return all;
  }

  #change(type: Change['type'], resource: string, given: FakeObject): FakeObject {
    const version = ++this.#version;
    const object = { ...given, metadata: { ...given.metadata, resourceVersion: String(version) } };
    if (type === 'DELETED') this.#all(resource).delete(object.metadata.uid);
    else this.#all(resource).set(object.metadata.uid, object);
    this.#history.push({ type, resource, object, version });
    for (const watch of this.watches)
      if (watch.resource === resource && inScope(object, watch.namespace)) this.#write(watch.response, type, object);
    return object;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    let body = '';
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
    this.requests.push({
      method: request.method ?? '',
      url,
      authorization: request.headers.authorization ?? '',
      body,
    });
    response.setHeader('Date', new Date(Date.now() + this.skew).toUTCString());
    const answer = this.intercept(request);
    if (answer === 'hang') return;
    if (answer) sendJson(response, answer);
    else this.#answer(url, request.method ?? '', body, response);
  }

  #answer(url: URL, method: string, body: string, response: ServerResponse): void {
    if (method === 'POST') {
      const review = JSON.parse(body) as { readonly spec: { readonly namespace?: string } };
      const status = url.pathname.endsWith('/selfsubjectrulesreviews')
        ? this.rules(review.spec.namespace ?? '')
        : this.review;
      sendJson(response, { status: 201, body: { ...review, status } });
      return;
    }
    const [, namespace, resource = '', name] =
      /^\/(?:api|apis\/[^/]+)\/v[^/]+(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
    if (name && method === 'PATCH') this.#patch(url, resource, namespace, name, body, response);
    else if (name) this.#get(resource, namespace, name, response);
    else if (url.searchParams.get('watch') === '1') this.#watch(url, resource, namespace, response);
    else this.#list(url, resource, namespace, response);
  }

  #find(resource: string, namespace: string | undefined, name: string): FakeObject | undefined {
    return [...this.#all(resource).values()].find(
      (object) => object.metadata.name === name && inScope(object, namespace),
    );
  }

  #get(resource: string, namespace: string | undefined, name: string, response: ServerResponse): void {
    const found = this.#find(resource, namespace, name);
    sendJson(response, found ? { status: 200, body: found } : statusAnswer(404, `${resource} "${name}" not found`));
  }

  #patch(
    url: URL,
    resource: string,
    namespace: string | undefined,
    name: string,
    body: string,
    response: ServerResponse,
  ): void {
    const before = this.#find(resource, namespace, name);
    if (!before) {
      this.#get(resource, namespace, name, response);
      return;
    }
    const after = patched(before, body, url.searchParams.get('fieldManager') ?? '');
    if (!after) sendJson(response, statusAnswer(422, 'the server rejected our request due to an error in our request'));
    else if (url.searchParams.get('dryRun') === 'All') sendJson(response, { status: 200, body: after });
    else sendJson(response, { status: 200, body: this.put(resource, after) });
  }

  #list(url: URL, resource: string, namespace: string | undefined, response: ServerResponse): void {
    const all = [...this.#all(resource).values()].filter((object) => inScope(object, namespace));
    const start = Number(url.searchParams.get('continue') ?? 0);
    const end = start + Number(url.searchParams.get('limit') ?? all.length);
    const metadata = {
      resourceVersion: String(this.#version),
      ...(end < all.length && { continue: String(end) }),
    };
    sendJson(response, { status: 200, body: { metadata, items: all.slice(start, end) } });
  }

  #watch(url: URL, resource: string, namespace: string | undefined, response: ServerResponse): void {
    const initial = url.searchParams.get('sendInitialEvents') === 'true';
    if (initial && !this.streamsLists) {
      sendJson(response, statusAnswer(422, 'sendInitialEvents is forbidden for watch'));
      return;
    }
    const from = Number(url.searchParams.get('resourceVersion'));
    response.writeHead(200, {
      'Content-Type': this.encode ? 'application/vnd.kubernetes.protobuf;stream=watch' : 'application/json',
    });
    response.flushHeaders();
    if (!initial && from < this.#compacted) {
      this.#write(response, 'ERROR', statusAnswer(410, 'too old resource version').body);
      response.end();
      return;
    }
    const watch = { resource, namespace, response };
    this.watches.add(watch);
    response.on('close', () => this.watches.delete(watch));
    if (initial) this.#sendAll(watch);
    else
      for (const change of this.#history)
        if (change.version > from && change.resource === resource && inScope(change.object, namespace))
          this.#write(response, change.type, change.object);
  }

  #sendAll({ resource, namespace, response }: OpenWatch): void {
    for (const object of this.#all(resource).values())
      if (inScope(object, namespace)) this.#write(response, 'ADDED', object);
    if (this.finishesLists) this.#write(response, 'BOOKMARK', this.#bookmark(true));
  }

  #bookmark(end: boolean): unknown {
    const annotations = end ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
    return { metadata: { resourceVersion: String(this.#version), ...annotations } };
  }

  #write(response: ServerResponse, type: string, object: unknown): void {
    if (this.encode) response.write(watchFrame(type, this.encode(object as FakeObject)));
    else response.write(`${JSON.stringify({ type, object })}\n`);
  }
}

/** The Status that an API server answers errors with. */
export function statusAnswer(code: number, message: string, headers: Answer['headers'] = {}): Answer {
  return { status: code, headers, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code } };
}

function inScope(object: FakeObject, namespace: string | undefined): boolean {
  return namespace === undefined || object.metadata.namespace === namespace;
}

function sendJson(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body ?? {}));
}
