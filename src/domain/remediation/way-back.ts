import type { RunState } from './run-state.ts';
import { isUndoable } from './undo.ts';

/** When Jarvis takes the plan back by itself, ms since the epoch. Undefined: never, or not any more. */
export function wayBackAt(state: RunState): number | undefined {
  const { plan, ticks, kept } = state;
  if (plan.backAfterMs === undefined || kept === true || !isUndoable(state)) return undefined;
  const changed = ticks.filter(({ role }) => role === 'change').map(({ endedAt }) => endedAt ?? plan.createdAt);
  return Math.max(...changed) + plan.backAfterMs;
}
