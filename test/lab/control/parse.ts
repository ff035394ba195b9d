import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { Command } from './command.ts';

export const usage = `npm run lab -- [--json]                      start a lab and stay until Ctrl-C
npm run lab -- stress on|off                 CPU stress on front-end
npm run lab -- fault <server> <kind> [...]   server: kubernetes cloudwatch sqs aws github
    respond <status> | reset | cut [bytes] | hang | latency <ms> | skew <ms> | expire
    --times N  --path TEXT  --method GET  --retry-after S
npm run lab -- cut <server>                  reset its open connections
npm run lab -- expire | clear                expire the AWS credentials | end all faults
npm run lab -- apiserver kill|start|restart`;

/** The command that the words mean, or undefined when they mean none. */
export function parseCommand(words: readonly string[]): Command | undefined {
  const { positionals, values } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      times: { type: 'string' },
      path: { type: 'string' },
      method: { type: 'string' },
      'retry-after': { type: 'string' },
    },
  });
  const { path, method } = values;
  const times = toNumber(values.times);
  const scope = {
    ...(times !== undefined && { times }),
    ...(path !== undefined && { path }),
    ...(method && { method }),
  };
  const meant = v.safeParse(Command, toCommand(positionals, scope, toNumber(values['retry-after'])));
  return meant.success ? meant.output : undefined;
}

function toCommand([verb, first, kind, amount]: string[], scope: object, retryAfterSeconds?: number): unknown {
  switch (verb) {
    case 'stress':
      return first === 'on' || first === 'off' ? { command: 'stress', on: first === 'on' } : undefined;
    case 'fault':
      return { command: 'fault', server: first, scope, fault: toFault(kind, toNumber(amount), retryAfterSeconds) };
    case 'cut':
      return { command: 'cutConnections', server: first };
    case 'expire':
      return { command: 'expireCredentials' };
    case 'clear':
      return { command: 'clearFaults' };
    case 'apiserver':
      return { command: 'apiserver', action: first };
    default:
      return undefined;
  }
}

function toFault(kind: string | undefined, amount: number | undefined, retryAfterSeconds: number | undefined): unknown {
  switch (kind) {
    case 'respond':
      return { kind, status: amount, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
    case 'cut':
      return { kind, ...(amount !== undefined && { afterBytes: amount }) };
    case 'latency':
    case 'skew':
      return { kind, ms: amount };
    default:
      return { kind };
  }
}

const toNumber = (text: string | undefined) => (text === undefined ? undefined : Number(text));
