import type { ComponentChildren } from 'preact';
import { t } from '../../../core/l10n.ts';
import { needsSignIn } from '../../../domain/remediation/run-state.ts';
import type { RouteJob, RouteStep, StepStatus } from '../../../domain/remediation/route.ts';
import { elapsed, timeOfDay, took } from '../shared/format.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { Notice } from '../shared/notice.tsx';
import type { RunProps } from './model.ts';

/** Jobs and steps live; when all went well they fold away. */
export function RunDetail(props: RunProps) {
  const { state, host } = props;
  const { progress, result, phase, error } = state;
  const jobs = progress?.jobs ?? [];
  const logTail = result?.logTail ?? progress?.logTail ?? [];
  if (phase === 'planned' || phase === 'expired' || (jobs.length === 0 && !error && logTail.length === 0 && !progress))
    return null;
  const open = phase === 'confirmed' || phase === 'running' || result?.outcome !== 'success';
  return (
    <div class="detail">
      {error && <Notice kind="error">{error.message}</Notice>}
      <Waits {...props} />
      {needsSignIn(state) && <SignIn onPress={() => host.send('signIn', {})} />}
      {jobs.length > 0 && (
        <details class="jobs" open={open}>
          <summary>
            <Icon name="chevron" />
            {t('Jobs and steps')}
          </summary>
          <ul>
            {jobs.map((job, index) => (
              <Job key={job.name} job={job} now={props.now} open={() => props.host.send('openJob', { index })} />
            ))}
          </ul>
        </details>
      )}
      {logTail.length > 0 && <LogTail lines={logTail} />}
    </div>
  );
}

function SignIn({ onPress }: { readonly onPress: () => void }) {
  return (
    <div class="buttons">
      <button type="button" class="secondary" onClick={onPress}>
        {t('Sign in to GitHub')}
      </button>
    </div>
  );
}

/** Queues, approvals and rate limits are said as such: nothing hangs without a reason. */
function Waits({ state, now }: RunProps) {
  const { progress, phase } = state;
  if (!progress || (phase !== 'running' && phase !== 'confirmed')) return null;
  const { status, pausedUntil } = progress;
  const paused = pausedUntil !== undefined && pausedUntil > now;
  return (
    <>
      {status === 'waiting' && (
        <Notice kind="warning">
          <strong>{t('Waits for an approval.')} </strong>
          {progress.headline}
        </Notice>
      )}
      {status === 'queued' && <p class="muted wait">{t('In the queue: no runner has taken it yet.')}</p>}
      {paused && (
        <p class="muted wait">
          {t(
            'Rate limit: asks again at {0} (in {1}). The run goes on meanwhile.',
            timeOfDay(pausedUntil),
            elapsed(pausedUntil - now),
          )}
        </p>
      )}
    </>
  );
}

function Job({ job, now, open }: { readonly job: RouteJob; readonly now: number; readonly open: () => void }) {
  return (
    <li class="job">
      <StepRow step={job} now={now}>
        {job.url !== undefined && (
          <button type="button" class="link" onClick={open}>
            {t('Open job')} <Icon name="external" />
          </button>
        )}
      </StepRow>
      <ul class="steps">
        {job.steps.map((step, index) => (
          <li key={`${index} ${step.name}`}>
            <StepRow step={step} now={now} />
          </li>
        ))}
      </ul>
    </li>
  );
}

interface StepRowProps {
  readonly step: RouteStep;
  readonly now: number;
  readonly children?: ComponentChildren;
}

function StepRow({ step, now, children }: StepRowProps) {
  const { name, status, startedAt, completedAt } = step;
  const [icon, word] = look(status);
  return (
    <div class={`step step-${status}`}>
      <Icon name={icon} />
      <span class="step-name">{name}</span>
      <span class="muted">{word}</span>
      <span class="muted number">
        {startedAt === undefined || status === 'skipped' ? '' : took((completedAt ?? now) - startedAt)}
      </span>
      {children}
    </div>
  );
}

function look(status: StepStatus): readonly [IconName, string] {
  switch (status) {
    case 'queued':
      return ['circle', t('queued')];
    case 'waiting':
      return ['waiting', t('waits for approval')];
    case 'running':
      return ['running', t('running')];
    case 'success':
      return ['pass', t('done')];
    case 'failure':
      return ['error', t('failed')];
    case 'cancelled':
      return ['cancelled', t('cancelled')];
    case 'skipped':
      return ['skipped', t('skipped')];
  }
}

function LogTail({ lines }: { readonly lines: readonly string[] }) {
  return (
    <figure class="log">
      <figcaption class="muted">{t('Last lines of the log')}</figcaption>
      <pre tabIndex={0}>{lines.join('\n')}</pre>
    </figure>
  );
}
