import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { Command } from './command.ts';

/** The lab's remote control. */
export interface ControlServer {
  readonly url: string;
  readonly token: string;
  close(): void;
}

/** Listens for commands. It answers 204 when one is done, 401, 400 with what is wrong with it, or 500 with why it failed. */
export async function startControl(obey: (command: v.InferOutput<typeof Command>) => Promise<void>) {
  const token = randomBytes(16).toString('hex');
  const server = createServer((request, response) => {
    answer(request, response, token, obey).catch((error: unknown) => end(response, 500, String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const control: ControlServer = {
    url: `http://127.0.0.1:${port}/`,
    token,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return control;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  obey: (command: v.InferOutput<typeof Command>) => Promise<void>,
): Promise<void> {
  if (!isEqual(request.headers.authorization ?? '', `Bearer ${token}`)) {
    end(response, 401, 'wrong token');
    return;
  }
  const command = v.safeParse(Command, parseJson(await text(request)));
  if (!command.success) {
    end(response, 400, command.issues.map(({ message }) => message).join('; '));
    return;
  }
  await obey(command.output);
  end(response, 204);
}

function isEqual(given: string, wanted: string): boolean {
  return given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function end(response: ServerResponse, status: number, body = ''): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
}
