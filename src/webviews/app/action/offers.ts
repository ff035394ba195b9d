import { chartOf } from '../../../domain/remediation/chart-of.ts';
import { planIsBlocked, planIsExpired } from '../../../domain/remediation/plan.ts';
import type { RunState } from '../../../domain/remediation/run-state.ts';
import { wayBackAt } from '../../../domain/remediation/way-back.ts';
import { isUndoable } from '../../../domain/remediation/undo.ts';

export type Offer =
  'confirm' | 'discard' | 'cancel' | 'openRun' | 'openChart' | 'undo' | 'keep' | 'planAgain' | 'openLog';

/** The buttons of a state: the next thing to do is the only prominent one; where nothing is to be done none is. */
export interface Offers {
  readonly primary?: Offer;
  readonly others: readonly Offer[];
}

/** @param obstructed it cannot be confirmed now; the way out is offered with the reason */
export function offersOf(state: RunState, now: number, obstructed = false): Offers {
  const run: Offer[] = hasRunPage(state) ? ['openRun'] : [];
  const undo: Offer[] = isUndoable(state) ? ['undo'] : [];
  if (wayBackAt(state) !== undefined) undo.push('keep');
  const canConfirm = !planIsExpired(state.plan, now) && !planIsBlocked(state.plan);
  switch (state.phase) {
    case 'planned':
      if (obstructed && canConfirm) return { others: ['discard'] };
      return { primary: canConfirm ? 'confirm' : 'planAgain', others: ['discard'] };
    case 'confirmed':
    case 'running':
      return { others: [...run, ...(state.cancelling ? [] : (['cancel'] as const))] };
    case 'verifying':
      return { others: run };
    case 'verified':
      return { others: [...undo, ...run] };
    case 'notRecovered':
      return { ...(chartOf(state.plan.target) && { primary: 'openChart' }), others: [...undo, ...run] };
    case 'notChanged':
    case 'failed':
      return { primary: 'planAgain', others: [...undo, ...run, 'openLog'] };
    case 'cancelled':
      return { primary: 'planAgain', others: [...undo, ...run] };
    case 'expired':
    case 'discarded':
      return { primary: 'planAgain', others: [] };
  }
}

function hasRunPage({ result, progress, handle }: RunState): boolean {
  return (result?.url ?? progress?.url ?? handle?.url) !== undefined;
}
