import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { proto } from '../protobuf.ts';
import { crowdNode } from './crowd.ts';
import { type Changes, PodFrame } from './recording.ts';

export interface ReplayOptions {
  /** From `recordPods`. */
  readonly frames: readonly Buffer[];
  /** How often the recorded pods are there. */
  readonly copies: number;
  readonly namespaces: number;
  readonly nodes: number;
  /** Of pods in the first namespace; the others share the rest. */
  readonly first: number;
  /** Pods a second, at most. */
  readonly rate?: number;
}

interface Replayed extends Changes {
  readonly frame: PodFrame;
}
interface PodWatch {
  readonly namespace: string | undefined;
  readonly response: ServerResponse;
}

const namespaceName = (number: number) => `crowd-${String(number).padStart(4, '0')}`;
const batch = 16;

/** An API server that tells of a recorded crowd many times over, under other names, and of nothing else. */
export class ReplayServer {
  readonly url: string;
  readonly #server: Server;
  readonly #options: ReplayOptions;
  readonly #watches = new Set<PodWatch>();
  #pods: Replayed[];

  private constructor(server: Server, options: ReplayOptions) {
    this.#server = server;
    this.#options = options;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#pods = multiplied(options);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response));
  }

  static async start(options: ReplayOptions): Promise<ReplayServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ReplayServer(server, options);
  }

  /** So many of the first pods are replaced by others, evenly over the time: also by a POST to `/roll-out?count=&ms=`. */
  async rollOut(count: number, ms: number): Promise<void> {
    const steps = Math.max(1, Math.round(ms / 50));
    for (let step = 0; step < steps; step++) {
      const from = Math.round((step * count) / steps);
      const to = Math.round(((step + 1) * count) / steps);
      for (let index = from; index < to; index++) this.#replace(index);
      await new Promise((resolve) => setTimeout(resolve, ms / steps));
    }
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #replace(index: number): void {
    const before = this.#pods[index];
    if (!before) return;
    const after = { ...before, generation: before.generation ^ 8 };
    this.#pods[index] = after;
    this.#tell(before.namespace, before.frame.as('DELETED', before));
    this.#tell(after.namespace, after.frame.as('ADDED', after));
  }

  #tell(podNamespace: string, event: Buffer): void {
    for (const { namespace, response } of this.#watches)
      if (namespace === undefined || namespace === podNamespace) response.write(event);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const [, namespace, resource = ''] =
      /^\/(?:api|apis\/[^/]+)\/v[^/]+(?:\/namespaces\/([^/]+))?\/([^/]+)$/.exec(pathname) ?? [];
    request.resume();
    if (pathname === '/roll-out') {
      await this.rollOut(Number(searchParams.get('count')), Number(searchParams.get('ms')));
      answer(response, 200, {});
    } else if (request.method === 'POST') answer(response, 201, { status: { allowed: true } });
    else if (pathname.startsWith('/apis/metrics.k8s.io')) answer(response, 404, { message: 'no metrics' });
    else if (searchParams.get('watch') !== '1')
      answer(response, 200, { metadata: { resourceVersion: '1' }, items: [] });
    else if (resource === 'pods') await this.#watchPods(namespace, searchParams, response);
    else this.#watchOthers(resource, searchParams, response);
  }

  async #watchPods(namespace: string | undefined, query: URLSearchParams, response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'Content-Type': 'application/vnd.kubernetes.protobuf;stream=watch' });
    response.flushHeaders();
    if (query.get('sendInitialEvents') === 'true') await this.#sendPods(namespace, response);
    const watch = { namespace, response };
    this.#watches.add(watch);
    response.on('close', () => this.#watches.delete(watch));
  }

  async #sendPods(namespace: string | undefined, response: ServerResponse): Promise<void> {
    const { rate } = this.#options;
    const pods = namespace === undefined ? this.#pods : this.#pods.filter((pod) => pod.namespace === namespace);
    for (let from = 0; from < pods.length && !response.destroyed; from += batch) {
      const events = pods.slice(from, from + batch).map(({ frame, ...changes }) => frame.as('ADDED', changes));
      if (!response.write(Buffer.concat(events))) await drained(response);
      if (rate !== undefined) await new Promise((resolve) => setTimeout(resolve, (1000 * batch) / rate));
    }
    response.write(endOfInitial);
  }

  #watchOthers(resource: string, query: URLSearchParams, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    if (query.get('sendInitialEvents') !== 'true') return;
    const { namespaces, nodes } = this.#options;
    const objects =
      resource === 'namespaces'
        ? many(namespaces, namespaceName, { status: { phase: 'Active' } })
        : resource === 'nodes'
          ? many(nodes, crowdNode, { status: { conditions: [{ type: 'Ready', status: 'True' }] } })
          : [];
    const annotations = { 'k8s.io/initial-events-end': 'true' };
    const end = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '1', annotations } } };
    response.write([...objects, end].map((event) => `${JSON.stringify(event)}\n`).join(''));
  }
}

/** Whoever hangs up is not waited for. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

function multiplied({ frames, copies, namespaces, nodes, first }: ReplayOptions): Replayed[] {
  const recorded = frames.map((frame) => new PodFrame(frame));
  return Array.from({ length: copies }, (_, copy) =>
    recorded.map((frame, index): Replayed => {
      const number = copy * recorded.length + index;
      const namespace = number < first || namespaces === 1 ? 0 : 1 + (number % (namespaces - 1));
      return { frame, namespace: namespaceName(namespace), node: crowdNode(number % nodes), generation: copy };
    }),
  ).flat();
}

function many(count: number, nameOf: (number: number) => string, more: object): object[] {
  return Array.from({ length: count }, (_, number) => {
    const name = nameOf(number);
    const metadata = { name, uid: `uid-${name}`, resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
    return { type: 'ADDED', object: { metadata, ...more } };
  });
}

const endOfInitial = framed(
  proto({
    1: 'BOOKMARK',
    2: proto({
      1: Buffer.concat([
        Buffer.from('k8s\0'),
        proto({ 2: proto({ 1: proto({ 6: '1', 12: [proto({ 1: 'k8s.io/initial-events-end', 2: 'true' })] }) }) }),
      ]),
    }),
  }),
);

function framed(event: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(event.length);
  return Buffer.concat([length, event]);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', Date: new Date().toUTCString() });
  response.end(JSON.stringify(body));
}
