import { silentLogger } from '../../src/core/log.ts';
import type { Plan } from '../../src/domain/remediation/plan.ts';
import type { Planner } from '../../src/domain/remediation/planner.ts';
import { RunRegistry } from '../../src/domain/remediation/run-registry.ts';
import type { PlanRequest } from '../../src/domain/remediation/runs.ts';
import {
  aGate,
  aPlan,
  aTarget,
  FakeGuard,
  FakeObserver,
  FakeRoute,
  fieldExpectation,
  MemoryJournal,
} from './builders/remediation.ts';
import { FakeClock } from './fake-clock.ts';

export const request: PlanRequest = { remediation: 'scaleHpa', pointer: aTarget(), inputs: { maxReplicas: 10 } };
/** A window's registry, with all that it needs; the plan's ids go on where the journal ends. @param plan of what is no undo */
export function aRegistry(journal = new MemoryJournal(), clock = new FakeClock(), plan: Partial<Plan> = {}) {
  const route = new FakeRoute();
  const observer = new FakeObserver();
  const guard = new FakeGuard();
  const asked: PlanRequest[] = [];
  let made = journal.types.filter((type) => type === 'confirmed').length;
  const planner: Pick<Planner, 'plan'> = {
    plan: (wish, _signal, undoOf) => {
      asked.push(wish);
      const over = { id: `jv-plan${++made}`, expectations: [fieldExpectation] };
      return Promise.resolve(aPlan(clock, { ...over, ...(undoOf === undefined ? plan : { undoOf }) }));
    },
  };
  const gate = aGate(clock, journal);
  const ports = { clock, journal, observer, guard, gate, route: () => route, recheck: () => Promise.resolve() };
  const registry = new RunRegistry(planner, ports, silentLogger);
  /** Carries a plan out to "verified". */
  const carryOut = async (planId: string) => {
    route.finish('success');
    observer.sees('field', { met: true, seen: '10', at: clock.now() });
    return registry.confirm(planId);
  };
  return { registry, clock, route, observer, guard, gate, asked, journal, carryOut };
}
