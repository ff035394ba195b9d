import { freePorts } from '../process/ports.ts';
import type { Supervisor } from '../process/supervisor.ts';
import { until } from '../process/until.ts';

export const accountId = '123456789012';
export const region = 'ap-northeast-2';

/** Starts ministack: every AWS service of the lab but CloudWatch, behind one address. @returns it. */
export async function startMinistack(pythonPath: string, supervisor: Supervisor): Promise<string> {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const server = supervisor.spawn('ministack', 'python3', ['-m', 'ministack'], {
    PYTHONPATH: pythonPath,
    PYTHONDONTWRITEBYTECODE: '1',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: accountId,
    MINISTACK_REGION: region,
    AWS_DEFAULT_REGION: region,
    LOG_LEVEL: 'WARNING',
    // what node thinks of ministack's own code is no part of a function's log
    NODE_NO_WARNINGS: '1',
  });
  await until('ministack answers', async () => (await fetch(`${url}/_ministack/health`)).ok, { unless: server.ended });
  return url;
}
