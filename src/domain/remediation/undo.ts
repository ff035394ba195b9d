import type { Inverse, Plan } from './plan.ts';
import { changeSeen, isOutcome, type RunState } from './run-state.ts';

/** A run whose plan says how it is taken back. */
interface Undoable extends RunState {
  readonly plan: Plan & { readonly inverse: Inverse };
}

/**
 * May an undo be offered? The plan can be taken back and has ended, its change was seen, and nobody took it back yet. Whether the object is
 * still as the plan left it is asked of the server when the undo is planned.
 */
export function isUndoable(state: RunState): state is Undoable {
  const canBeUndone = !('impossible' in state.plan.inverse);
  return canBeUndone && isOutcome(state.phase) && state.undoneBy === undefined && changeSeen(state) === 'yes';
}
