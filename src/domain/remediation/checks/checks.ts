import { alarmOk } from './alarm-ok.ts';
import type { Check } from './check.ts';
import type { Checks } from '../expectation.ts';
import { entrance } from './entrance.ts';
import { evidenceGone } from './evidence-gone.ts';
import { field } from './field.ts';
import { manifestApplied } from './manifest-applied.ts';
import { replicasReady } from './replicas-ready.ts';
import { rolledOut } from './rolled-out.ts';
import { utilization } from './utilization.ts';
import { webAcl } from './web-acl.ts';
import { workloadsAvailable } from './workloads-available.ts';

/** How each of {@link Checks} looks. */
export const checks: { readonly [K in keyof Checks]: Check<Checks[K]> } = {
  field,
  replicasReady,
  utilization,
  rolledOut,
  evidenceGone,
  alarmOk,
  webAcl,
  entrance,
  manifestApplied,
  workloadsAvailable,
};
