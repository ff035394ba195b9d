import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Free ports on 127.0.0.1 for servers that cannot be told to take any. Below the ephemeral range, so that no outgoing
 * connection takes one before its server does; drawn at random, so that labs that start together rarely meet.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = 10_000 + Math.floor(Math.random() * 22_000);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
