import { alarmOk } from './alarm-ok.ts';
import type { Check } from './check.ts';
import { field } from './field.ts';
import { replicasReady } from './replicas-ready.ts';
import { utilization } from './utilization.ts';

/** Everything that a remediation can expect, under the name by which the journal calls it. */
export const checks = { field, replicasReady, utilization, alarmOk };

/** What a check is given. */
export type Parameters<C> = C extends Check<infer P> ? P : never;
