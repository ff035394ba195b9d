import type { Clock } from '../../core/clock.ts';
import type { SecretAges } from '../evidence/secret-ages.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import type { ObjectInspector } from '../kubernetes/inspector.ts';
import type { Prober } from '../waf/prober.ts';
import type { WafReader } from '../waf/reader.ts';
import type { Change, Effect, Owner, Plan } from './plan.ts';
import type { Expectation } from './expectation.ts';
import type { JsonObject } from './json.ts';
import type { Intent } from './route.ts';
import type { PlanRequest } from './runs.ts';
import type { Target } from './target.ts';

/** What a remediation may read while it plans. Nothing here writes. */
export interface PlanContext {
  /** Of the plan that is being made. */
  readonly planId: string;
  readonly cluster: Cluster;
  readonly inspector: ObjectInspector;
  /** Absent: nobody is asked how old Vault's secrets are. */
  readonly vault?: SecretAges;
  readonly waf: WafReader;
  readonly prober: Prober;
  readonly clock: Clock;
}

/** What a remediation says; the rest of a {@link Plan} (id, route, expiry) is the same for all of them. */
export interface Draft {
  readonly title: string;
  readonly target: Target;
  readonly inputs: JsonObject;
  readonly changes: readonly Change[];
  readonly holds?: Plan['holds'];
  readonly diffSource: Plan['diffSource'];
  readonly owners: readonly Owner[];
  readonly reasons?: readonly string[];
  readonly effects: readonly Effect[];
  readonly documents?: Plan['documents'];
  /** Why it should not, or must not, be done now, whatever the route. */
  readonly problems?: Plan['problems'];
  /** What it changes beside the target's namespace is in these. */
  readonly namespaces?: Plan['namespaces'];
  /** What it changes beside the cluster is in these. */
  readonly accounts?: Plan['accounts'];
  readonly values: Intent['values'];
  readonly plannedFor: Intent['plannedFor'];
  readonly operation: Intent['operation'];
  readonly inverse: Plan['inverse'];
  readonly expectations: readonly Expectation[];
  readonly backAfterMs?: Plan['backAfterMs'];
}

/**
 * One remedy: a folder beside this file and one line in `remediations.ts`. It checks its inputs, observes its object and
 * says what would change, how that is verified and how it is taken back. It never writes: routes do.
 */
export interface Remediation {
  /** @throws JarvisError remediation.badInput, kube.notFound, kube.forbidden … */
  draft(request: PlanRequest, context: PlanContext, signal: AbortSignal): Promise<Draft>;
  /**
   * Looks, right before the write, for what beside the object itself must still be as it was planned for.
   * @throws JarvisError saying what is not
   */
  recheck?(plan: Plan, context: PlanContext, signal: AbortSignal): Promise<void>;
}
