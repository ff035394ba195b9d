import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy on this machine, with the addresses that were asked of it. */
export interface TestProxy {
  readonly url: string;
  readonly asked: readonly string[];
  close(): void;
}

/** An HTTP proxy that tunnels. Source: RFC 9110, 9.3.6 (CONNECT). */
export async function httpProxy(): Promise<TestProxy> {
  const asked: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createHttpServer().on('connect', (request, near: Duplex) => {
    asked.push(request.url ?? '');
    const { hostname, port } = new URL(`http://${request.url ?? ''}`);
    const far = connect(Number(port), hostname, () => near.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    join(near, far, sockets);
  });
  return listening(server, 'http', asked, sockets);
}

/** A SOCKS 5 proxy without a password. Source: RFC 1928. */
export async function socksProxy(): Promise<TestProxy> {
  const asked: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((near: Socket) => void greet(near, asked, sockets).catch(() => near.destroy()));
  return listening(server, 'socks5', asked, sockets);
}

async function greet(near: Socket, asked: string[], sockets: Set<Duplex>): Promise<void> {
  await once(near, 'data');
  near.write(Buffer.from([5, 0]));
  const [request] = (await once(near, 'data')) as [Buffer];
  const { host, port } = addressIn(request);
  asked.push(`${host}:${port}`);
  const far = connect(port, host, () => near.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
  join(near, far, sockets);
}

/** Version, command, reserved, type (1: IPv4, 3: a name with its length), address, port. */
function addressIn(request: Buffer): { readonly host: string; readonly port: number } {
  const isName = request[3] === 3;
  const end = isName ? 5 + (request[4] ?? 0) : 8;
  const host = isName ? request.toString('latin1', 5, end) : [...request.subarray(4, 8)].join('.');
  return { host, port: request.readUInt16BE(end) };
}

function join(near: Duplex, far: Duplex, sockets: Set<Duplex>): void {
  near.pipe(far);
  far.pipe(near);
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    sockets.add(one);
    one
      .on('error', () => undefined)
      .once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
  }
}

async function listening(server: Server, protocol: string, asked: string[], sockets: Set<Duplex>): Promise<TestProxy> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
