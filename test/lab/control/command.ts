import * as v from 'valibot';
import { faultyServers } from '../faults/faults.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Server = v.picklist(faultyServers);

const Fault = v.variant('kind', [
  v.object({
    kind: v.literal('respond'),
    status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
    retryAfterSeconds: v.exactOptional(count),
    message: v.exactOptional(v.string()),
  }),
  v.object({ kind: v.literal('reset') }),
  v.object({ kind: v.literal('cut'), afterBytes: v.exactOptional(count) }),
  v.object({ kind: v.literal('hang') }),
  v.object({ kind: v.literal('latency'), ms: count }),
  v.object({ kind: v.literal('skew'), ms: v.pipe(v.number(), v.integer()) }),
  v.object({ kind: v.literal('expire') }),
]);

const Scope = v.object({
  times: v.exactOptional(count),
  path: v.exactOptional(v.string()),
  method: v.exactOptional(v.string()),
});

/** What a running lab can be told from another process. */
export const Command = v.variant('command', [
  v.object({ command: v.literal('stress'), on: v.boolean() }),
  v.object({ command: v.literal('fault'), server: Server, fault: Fault, scope: v.optional(Scope, {}) }),
  v.object({ command: v.literal('cutConnections'), server: Server }),
  v.object({ command: v.literal('expireCredentials') }),
  v.object({ command: v.literal('clearFaults') }),
  v.object({ command: v.literal('apiserver'), action: v.picklist(['kill', 'start', 'restart']) }),
]);
export type Command = v.InferInput<typeof Command>;
