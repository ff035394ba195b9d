import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/** Joins a connection that leaves HTTP (exec, port-forward, logs over WebSocket) with one to the real server. */
export function tunnelUpgrade(
  target: URL,
  authority: string | undefined,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
): void {
  const address = { host: target.hostname, port: Number(target.port) };
  const server = authority === undefined ? connect(address) : connectTls({ ...address, ca: authority });
  const end = () => {
    client.destroy();
    server.destroy();
  };
  server.once(authority === undefined ? 'connect' : 'secureConnect', () => {
    const headers = request.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [`${name}: ${all[index + 1] ?? ''}`] : [],
    );
    server.write([`${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
    server.write(head);
    server.pipe(client).pipe(server);
  });
  for (const socket of [client, server]) socket.on('error', end).on('close', end);
}
