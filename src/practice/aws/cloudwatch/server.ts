import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Clock } from '../../../core/clock.ts';
import type { AlarmActions } from './alarms/dispatch.ts';
import { answer, type Exchange } from './http.ts';
import { CloudWatchService } from './service.ts';

export interface CloudWatchOptions {
  readonly clock: Clock;
  readonly accountId: string;
  readonly region: string;
  readonly actions: AlarmActions;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Sees every exchange, after it was answered. */
  readonly observe?: (exchange: Exchange) => void;
}

export interface RunningCloudWatch {
  readonly url: string;
  /** Ends evaluation and connections, after the actions under way. */
  close(): Promise<void>;
}

/** Starts a CloudWatch that unmodified AWS SDKs can talk to (AWS JSON 1.0). Signatures are not checked. */
export async function startCloudWatch(options: CloudWatchOptions): Promise<RunningCloudWatch> {
  const { clock, accountId, region, actions, port = 0, host = '127.0.0.1', observe } = options;
  const service = new CloudWatchService(clock, { accountId, region }, actions);
  const server = createServer((request, response) => void answer(service, request, response, observe));
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    await service.close();
    throw error;
  }
  const address = server.address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${host}:${actualPort}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await service.close();
    },
  };
}
