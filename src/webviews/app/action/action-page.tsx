import { t } from '../../../core/l10n.ts';
import type { ActionUpdate } from '../../contract/action.ts';
import { ErrorNotice, Notice } from '../shared/notice.tsx';
import { useNow } from '../shared/use-now.ts';
import { Header } from './header.tsx';
import { LineRow } from './line-row.tsx';
import { isTicking, linesOf, outcomeText, phaseWord } from './lines.ts';
import type { ActionProps, RunProps } from './model.ts';
import { PlanDetail } from './plan-detail.tsx';
import { PlanFacts } from './plan-facts.tsx';
import { RecordDetail } from './record-detail.tsx';
import { RunDetail } from './run-detail.tsx';
import { VerifyDetail } from './verify-detail.tsx';

export function ActionPage(props: ActionProps) {
  const { state } = props.update;
  const now = useNow(state !== undefined && isTicking(state), props.clockOffset);
  if (!state) {
    return (
      <main class="action-page">
        <Missing unread={props.update.unread} />
      </main>
    );
  }
  return <RunPage {...props} state={state} now={now} />;
}

/** Whether there is such a plan is only known once the journal is read. */
function Missing({ unread }: { readonly unread: ActionUpdate['unread'] | undefined }) {
  if (unread?.why !== undefined) return <Notice kind="error">{unread.why}</Notice>;
  if (unread) return <p class="muted">{t('Loading…')}</p>;
  return (
    <Notice kind="warning">
      {t('The journal knows no such plan. It may have been made in another window or folder.')}
    </Notice>
  );
}

function RunPage(props: RunProps) {
  const { state, update, host, now } = props;
  const [plan, confirm, run, verify, record] = linesOf(state);
  return (
    <main class={`action-page phase-${state.phase}`}>
      <Header {...props} />
      <p class="visually-hidden" role="status" aria-live="polite">
        {`${phaseWord(state.phase)}. ${outcomeText(state)}`}
      </p>
      {update.error && <ErrorNotice error={update.error} onRemedy={(index) => host.send('remedy', { index })} />}
      <ol class="lines">
        {plan && (
          <LineRow line={plan} now={now}>
            <PlanDetail {...props} />
          </LineRow>
        )}
        {confirm && <LineRow line={confirm} now={now} />}
        {run && (
          <LineRow line={run} now={now}>
            <RunDetail {...props} />
          </LineRow>
        )}
        {verify && (
          <LineRow line={verify} now={now}>
            <VerifyDetail {...props} />
          </LineRow>
        )}
        {record && (
          <LineRow line={record} now={now}>
            <RecordDetail {...props} />
          </LineRow>
        )}
      </ol>
      <PlanFacts plan={state.plan} open={state.phase === 'planned'} now={now} host={host} />
    </main>
  );
}
