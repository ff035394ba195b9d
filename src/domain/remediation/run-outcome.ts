import type { Tick } from './expectation.ts';
import type { Plan } from './plan.ts';
import type { RouteResult } from './route.ts';
import { changeSeen, type Outcome, type RunError } from './run-state.ts';

/** What work that has ended wrote is there, and the watch tells it in a moment. */
const afterwardsMs = 5_000;

/**
 * What is looked for once the route has done its part. After one that did not succeed only the change itself: nobody waits
 * ten minutes for a recovery then, nor half a minute for a change by work that is over.
 */
export function judged(plan: Plan, result: RouteResult | undefined): Plan {
  if (!result || result.outcome === 'success') return plan;
  const changes = plan.expectations.filter(({ role }) => role === 'change');
  const within = (ms: number) => (result.inDoubt === true ? ms : Math.min(ms, afterwardsMs));
  return { ...plan, expectations: changes.map((change) => ({ ...change, withinMs: within(change.withinMs) })) };
}

/** What a run comes to, by what its route says and what was seen. */
export function outcomeOf(ticks: readonly Tick[], result: RouteResult | undefined): Outcome {
  if (result?.outcome === 'failure') return 'failed';
  if (result?.outcome === 'cancelled') return 'cancelled';
  if (changeSeen({ ticks }) !== 'yes') return 'notChanged';
  return ticks.every(({ role, state }) => role !== 'recovery' || state === 'met') ? 'verified' : 'notRecovered';
}

export function errorOf(result: RouteResult | undefined): RunError | undefined {
  return result?.outcome === 'failure' ? { code: result.code ?? 'route.failed', message: result.summary } : undefined;
}
