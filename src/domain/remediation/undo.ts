import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Journal } from './journal.ts';
import type { Inverse, Plan } from './plan.ts';
import { changeSeen, isOutcome, type RunState } from './run-state.ts';

/** A run whose plan says how it is taken back. */
interface Undoable extends RunState {
  readonly plan: Plan & { readonly inverse: Inverse };
}

/**
 * May an undo be offered? The plan can be taken back and has ended, its change was seen, and nobody took it back yet.
 * Whether the object is still as the plan left it is asked of the server when the undo is planned.
 */
export function isUndoable(state: RunState): state is Undoable {
  const canBeUndone = !('impossible' in state.plan.inverse);
  return canBeUndone && isOutcome(state.phase) && state.undoneBy === undefined && changeSeen(state) === 'yes';
}

/**
 * Two windows that take the same plan back would both find it as it was left, and Helm, for one, would do it twice.
 * @throws JarvisError remediation.undoneElsewhere
 */
export async function claimUndo({ undoOf }: Plan, journal: Pick<Journal, 'claim'>): Promise<void> {
  if (undoOf === undefined || (await journal.claim(`undo-${undoOf}`))) return;
  throw undoneElsewhere();
}

export function undoneElsewhere(): JarvisError {
  return new JarvisError({
    code: 'remediation.undoneElsewhere',
    message: t('Another plan or window takes this back, or has done so: look there. Nothing was written here.'),
  });
}
