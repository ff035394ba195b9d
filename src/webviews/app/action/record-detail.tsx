import { t } from '../../../core/l10n.ts';
import { changeSeen, isOutcome, type RunState } from '../../../domain/remediation/run-state.ts';
import { isUndoable } from '../../../domain/remediation/undo.ts';
import { wayBackAt } from '../../../domain/remediation/way-back.ts';
import { timeOfDay } from '../shared/format.ts';
import { Notice } from '../shared/notice.tsx';
import type { RunProps } from './model.ts';

/** What the outcome means and what can be done now. */
export function RecordDetail({ state, now, host }: RunProps) {
  const advice = isOutcome(state.phase) ? adviceOf(state) : undefined;
  const back = isOutcome(state.phase) ? wayBackAt(state) : undefined;
  const related = state.undoneBy ?? state.plan.undoOf;
  if (advice === undefined && back === undefined && related === undefined && !state.journalError) return null;
  return (
    <div class="detail">
      {advice !== undefined && <p>{advice}</p>}
      {back !== undefined && <p>{wayBackInWords(back, now)}</p>}
      {related !== undefined && (
        <p>
          <button type="button" class="link" onClick={() => host.send('openRelated', {})}>
            {state.undoneBy === undefined ? t('Takes back {0}', related) : t('Taken back by {0}', related)}
          </button>
        </p>
      )}
      {state.journalError && (
        <Notice kind="error">
          <strong>{t('The record could not be written:')} </strong>
          {state.journalError.message}
        </Notice>
      )}
    </div>
  );
}

/** Past its time it waits for an answer, or for the window that asks. */
function wayBackInWords(at: number, now: number): string {
  return now < at
    ? t('Jarvis takes it back by itself at {0}.', timeOfDay(at, now))
    : t('It was to be taken back at {0}: undo it, or keep the change.', timeOfDay(at, now));
}

function adviceOf(state: RunState): string | undefined {
  const missed = state.ticks.filter((tick) => tick.state === 'missed').map((tick) => tick.label);
  switch (state.phase) {
    case 'notRecovered':
      return isUndoable(state)
        ? t('Not seen in time: {0}. Look at the chart before the next step, or undo the change.', missed.join(', '))
        : t('Not seen in time: {0}. Look at the object before the next step.', missed.join(', '));
    case 'notChanged':
      return t('Look at the run: it may have written to another cluster or namespace. Then plan again.');
    case 'failed':
      return failureAdvice(state);
    default:
      return undefined;
  }
}

function failureAdvice(state: RunState): string | undefined {
  const change = changeSeen(state);
  if (isUndoable(state)) return t('The change was written all the same: it can be undone.');
  if (change === 'yes') return t('The change was written all the same.');
  return change === 'no' ? t('The cluster shows no change.') : undefined;
}
