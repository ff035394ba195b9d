import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import type { Disposable } from '../../../src/core/disposable.ts';

/** A line to a server that passes bytes on until it is told to be dumb: no byte comes through, nobody hangs up. */
export class Wire implements Disposable {
  /** As the server's, but through the wire. */
  readonly url: string;
  /** How often somebody has called. */
  calls = 0;
  readonly #server: Server;
  readonly #lines = new Set<readonly [near: Socket, far: Socket]>();
  #dumb = false;

  private constructor(url: string, server: Server) {
    this.url = url;
    this.#server = server;
  }

  /** @param target `http(s)://host:port` */
  static async to(target: string): Promise<Wire> {
    const { protocol, hostname, port } = new URL(target);
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const wire = new Wire(`${protocol}//127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    server.on('connection', (near: Socket) => wire.#join(near, connect(Number(port), hostname)));
    return wire;
  }

  /** Lines that are open now. */
  get open(): number {
    return this.#lines.size;
  }

  /** From now on nothing is heard, on lines new and old. */
  silence(): void {
    this.#dumb = true;
    for (const line of this.#lines) for (const socket of line) socket.unpipe();
  }

  /** New lines work again; the silent ones stay silent. */
  speak(): void {
    this.#dumb = false;
  }

  /** Resets every line. */
  cut(): void {
    for (const [near, far] of this.#lines) {
      near.resetAndDestroy();
      far.destroy();
    }
  }

  dispose(): void {
    this.#server.close();
    this.cut();
  }

  #join(near: Socket, far: Socket): void {
    this.calls++;
    const line = [near, far] as const;
    this.#lines.add(line);
    for (const socket of line) socket.on('error', () => undefined);
    near.once('close', () => {
      this.#lines.delete(line);
      far.destroy();
    });
    far.once('close', () => {
      if (!this.#dumb) near.destroy();
    });
    if (this.#dumb) return;
    near.pipe(far);
    far.pipe(near);
  }
}
