import { changeSeen, isOutcome, type RunState } from './run-state.ts';

/**
 * May an undo be offered? The plan has ended, its change was seen, and nobody took it back yet. Whether the object is
 * still as the plan left it is asked of the server when the undo is planned.
 */
export function isUndoable(state: RunState): boolean {
  return isOutcome(state.phase) && state.undoneBy === undefined && changeSeen(state) === 'yes';
}
