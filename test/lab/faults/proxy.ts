import { once } from 'node:events';
import { type IncomingMessage, type RequestListener, type Server, type ServerResponse, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Pool } from 'undici';
import { type Dialect, type MadeUpAnswer, expiredToken, madeUpAnswer } from './answers.ts';
import { type Fault, FaultRules, type FaultScope, delay } from './rules.ts';
import { tunnelUpgrade } from './upgrade.ts';

export interface ProxyOptions {
  /** `http(s)://host:port` of the real server. */
  readonly target: string;
  readonly dialect: Dialect;
  /** To speak TLS on both sides. */
  readonly tls?: { readonly certificate: string; readonly key: string; readonly authority: string };
}

/** Stands before a server and passes everything on, as long as no fault is set. */
export class FaultProxy {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #rules: FaultRules;
  readonly #pool: Pool;

  private constructor(url: string, server: Server, sockets: Set<Socket>, rules: FaultRules, pool: Pool) {
    this.url = url;
    this.#server = server;
    this.#sockets = sockets;
    this.#rules = rules;
    this.#pool = pool;
  }

  static async start({ target, dialect, tls }: ProxyOptions): Promise<FaultProxy> {
    const rules = new FaultRules();
    const sockets = new Set<Socket>();
    const connect = tls ? { ca: tls.authority } : {};
    const pool = new Pool(target, { connections: 256, headersTimeout: 0, bodyTimeout: 0, connect });
    const handle: RequestListener = (request, response) => {
      serve({ request, response, rules, dialect, pool }).catch(() => response.destroy());
    };
    const server = tls ? createTlsServer({ cert: tls.certificate, key: tls.key }, handle) : createServer(handle);
    server.requestTimeout = 0;
    server.keepAliveTimeout = 60_000;
    server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      tunnelUpgrade(new URL(target), tls?.authority, request, socket, head),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new FaultProxy(`${tls ? 'https' : 'http'}://127.0.0.1:${port}`, server, sockets, rules, pool);
  }

  /** From the next request on. Connections that wait or stream already stay: {@link cutConnections} ends them. */
  add(fault: Fault, scope: FaultScope = {}): void {
    this.#rules.add(fault, scope);
  }

  /** All is well again. */
  clear(): void {
    this.#rules.clear();
  }

  /** Resets every open connection, watches and long polls included. */
  cutConnections(): void {
    for (const socket of this.#sockets) reset(socket);
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await this.#pool.destroy();
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly rules: FaultRules;
  readonly dialect: Dialect;
  readonly pool: Pool;
}

async function serve(exchange: Exchange): Promise<void> {
  const { request, rules, dialect } = exchange;
  const fault = rules.take(request);
  switch (fault?.kind) {
    case undefined:
      return forward(exchange);
    case 'latency':
      await delay(fault.ms);
      return forward(exchange);
    case 'cut':
      return forward(exchange, { cutAfter: fault.afterBytes ?? 0 });
    case 'skew':
      return forward(exchange, { skew: fault.ms });
    case 'expire':
      send(exchange, expiredToken(request.headers['content-type']));
      break;
    case 'respond':
      send(exchange, madeUpAnswer(dialect, fault));
      break;
    case 'reset':
      reset(request.socket);
      break;
    case 'hang':
  }
}

function send({ request, response }: Pick<Exchange, 'request' | 'response'>, answer: MadeUpAnswer): void {
  request.resume();
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** Headers that belong to one connection, not to the message (RFC 9110, 7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'expect', 'proxy-connection']);

interface Change {
  /** Only so many bytes of the answer. */
  readonly cutAfter?: number;
  /** The Date header so many ms later. */
  readonly skew?: number;
}

/** Passes the request on and the answer back as it comes. */
async function forward(
  { request, response, pool }: Exchange,
  { cutAfter = Infinity, skew = 0 }: Change = {},
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const headers = Object.entries(request.headers).filter(([name]) => !hopByHop.has(name));
  const answer = await pool.request({
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: Object.fromEntries(headers),
    body: hasBody(request) ? request : null,
    signal: gone.signal,
  });
  const passed = Object.entries(answer.headers).filter(([name]) => !hopByHop.has(name));
  const date = skew === 0 ? {} : { date: new Date(Date.now() + skew).toUTCString() };
  response.writeHead(answer.statusCode, { ...Object.fromEntries(passed), ...date });
  response.flushHeaders();
  let left = cutAfter;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    if (chunk.length > left) {
      response.write(chunk.subarray(0, left), () => reset(request.socket));
      return;
    }
    left -= chunk.length;
    if (!response.write(chunk)) await once(response, 'drain', { signal: gone.signal });
  }
  response.end();
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** A TCP reset where the socket can, else a plain end. */
function reset(socket: Socket): void {
  if ('resetAndDestroy' in socket && !('encrypted' in socket)) socket.resetAndDestroy();
  else socket.destroy();
}
