import type { Tick } from './expectation.ts';
import { isOfPlan, type JournalEntry, type PlanEvent, planIdOf } from './journal.ts';
import type { Plan } from './plan.ts';
import type { Outcome, RunPhase, RunState } from './run-state.ts';

/** The state of a plan that nobody has confirmed. */
export function opened(plan: Plan): RunState {
  const ticks = plan.expectations.map(({ id, role, label, withinMs }): Tick => ({
    id,
    role,
    label,
    withinMs,
    state: 'waiting',
  }));
  return { plan, phase: 'planned', times: { planned: plan.createdAt }, ticks, cancelling: false };
}

/** The state after an event. The only place where journalled facts become a state, live and after a reload alike. */
export function reduce(state: RunState, event: PlanEvent, at: number): RunState {
  switch (event.type) {
    case 'confirmed':
      return enter(state, 'confirmed', at);
    case 'sending':
      return enter({ ...state, ...(event.unlock && { unlock: event.unlock }) }, 'running', at);
    case 'sent':
      return { ...state, handle: event.handle };
    case 'cancelRequested':
      return { ...state, cancelling: true };
    case 'finished':
      return enter({ ...state, result: event.result }, 'verifying', at);
    case 'observed':
      return { ...state, ticks: state.ticks.map((tick) => (tick.id === event.tick.id ? event.tick : tick)) };
    case 'ended':
      return end(state, event.outcome, event.error, at);
    case 'undone':
      return { ...state, undoneBy: event.by };
    case 'kept':
      return { ...state, kept: true };
  }
}

/** All plans that the journal tells of, in the order of their confirmation. */
export function replay(entries: readonly JournalEntry[]): ReadonlyMap<string, RunState> {
  const states = new Map<string, RunState>();
  for (const { at, event } of entries) {
    if (!isOfPlan(event)) continue;
    const id = planIdOf(event);
    const known = states.get(id) ?? (event.type === 'confirmed' ? opened(event.plan) : undefined);
    if (known) states.set(id, reduce(known, event, at));
  }
  return states;
}

function enter(state: RunState, phase: RunPhase, at: number): RunState {
  return { ...state, phase, times: { ...state.times, [phase]: at } };
}

function end(state: RunState, outcome: Outcome, error: RunState['error'], at: number): RunState {
  return { ...enter(state, outcome, at), cancelling: false, ...(error && { error }) };
}
