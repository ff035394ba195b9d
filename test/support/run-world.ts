import type { Plan } from '../../src/domain/remediation/plan.ts';
import { Run } from '../../src/domain/remediation/run.ts';
import type { RunState } from '../../src/domain/remediation/run-state.ts';
import { aGate, aPlan, FakeGuard, FakeObserver, FakeRoute, MemoryJournal } from './builders/remediation.ts';
import { FakeClock } from './fake-clock.ts';

/** A run with all that it needs, each to be told what happens. */
export function aRun(over: Partial<Plan> = {}, state?: RunState, journal = new MemoryJournal()) {
  const clock = new FakeClock();
  const route = new FakeRoute();
  const observer = new FakeObserver();
  const guard = new FakeGuard();
  const phases: string[] = [];
  const gate = aGate(clock, journal);
  const recheck = { problem: undefined as Error | undefined };
  const ports = {
    clock,
    journal,
    observer,
    guard,
    gate,
    route: () => route,
    recheck: () => (recheck.problem ? Promise.reject(recheck.problem) : Promise.resolve()),
  };
  const run = new Run(state ?? aPlan(clock, over), ports, ({ phase }) => {
    if (phases.at(-1) !== phase) phases.push(phase);
  });
  const sees = (id: string, met: boolean, seen = '') => observer.sees(id, { met, seen, at: clock.now() });
  /** All that it waits for happens. */
  const succeeds = async () => {
    route.finish('success');
    sees('field', true);
    sees('replicas', true);
    await clock.advance(0);
  };
  return { clock, journal, route, observer, guard, gate, recheck, phases, run, sees, succeeds };
}
