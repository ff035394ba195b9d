import type { Check, Looking, ObservedWorld, Seen } from './checks/check.ts';
import { checks } from './checks/checks.ts';
import type { ExpectationCheck } from './expectation.ts';
import type { Observer } from './observer.ts';

/** Looks at the real cluster and the real alarms. */
export function worldObserver(world: ObservedWorld): Observer {
  return {
    async observe({ check }, target, report, signal) {
      const tell = (seen: Seen) => report({ ...seen, at: world.clock.now() });
      await look(check, { world, target, tell, signal });
    },
  };
}

function look({ kind, ...parameters }: ExpectationCheck, looking: Looking): Promise<void> {
  // kind and parameters come from the same check
  const check = checks[kind] as Check<object>;
  return check(parameters, looking);
}
