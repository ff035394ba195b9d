import { t } from '../../../core/l10n.ts';
import type { Effect, Owner, Plan } from '../../../domain/remediation/plan.ts';
import type { RouteProblem } from '../../../domain/remediation/route.ts';
import { Icon } from '../shared/icon.tsx';
import { ErrorNotice, Notice } from '../shared/notice.tsx';
import { Diff } from './diff.tsx';
import type { RunProps } from './model.ts';

/** What a person must know to say yes: shown until they do. */
export function PlanDetail({ state, now, update, host }: RunProps) {
  const { plan } = state;
  if (state.phase === 'expired' && state.error) return <Outdated why={state.error.message} />;
  if (state.phase !== 'planned') return null;
  return (
    <div class="detail">
      {now >= plan.expiresAt && (
        <Notice kind="warning">
          {t('This plan has expired: the object may have changed since. Plan again to go on.')}
        </Notice>
      )}
      {update.obstacle && (
        <ErrorNotice kind="warning" error={update.obstacle} onRemedy={(index) => host.send('solve', { index })} />
      )}
      {plan.problems.map((problem) => (
        <Problem key={problem.code + problem.message} problem={problem} />
      ))}
      <Diff changes={plan.changes} />
      <DiffSource plan={plan} />
      <ul class="facts">
        {plan.reasons?.map((reason) => (
          <ReasonRow key={reason} reason={reason} />
        ))}
        {plan.effects.map((effect) => (
          <EffectRow key={effect.text} effect={effect} />
        ))}
        {plan.documents?.map(({ name }, index) => (
          <DocumentRow key={name} name={name} open={() => host.send('openDocument', { index })} />
        ))}
        <OwnerRows owners={plan.owners} host={host} />
      </ul>
    </div>
  );
}

/** The object is not what the plan was made for any more. */
function Outdated({ why }: { readonly why: string }) {
  return (
    <div class="detail">
      <Notice kind="warning">
        <strong>{t('This plan is out of date:')} </strong>
        {why}
      </Notice>
    </div>
  );
}

function Problem({ problem }: { readonly problem: RouteProblem }) {
  return (
    <Notice kind={problem.severity === 'blocks' ? 'error' : 'warning'}>
      {problem.severity === 'blocks' && <strong>{t('Blocks:')} </strong>}
      {problem.message}
    </Notice>
  );
}

function DiffSource({ plan: { diffSource } }: { readonly plan: Plan }) {
  return (
    <p class="muted">
      {diffSource.kind === 'server'
        ? t('From a dry-run of the API server.')
        : t('Computed by Jarvis, no dry-run: {0}', diffSource.reason)}
    </p>
  );
}

function ReasonRow({ reason }: { readonly reason: string }) {
  return (
    <li class="fact">
      <Icon name="info" />
      <span>
        <strong>{t('Why:')} </strong>
        {reason}
      </span>
    </li>
  );
}

function EffectRow({ effect }: { readonly effect: Effect }) {
  return (
    <li class={`fact fact-${effect.severity}`}>
      <Icon name={effect.severity} />
      <span>
        {effect.severity === 'warning' && <strong>{t('Warning:')} </strong>}
        {effect.text}
      </span>
    </li>
  );
}

function DocumentRow({ name, open }: { readonly name: string; readonly open: () => void }) {
  return (
    <li class="fact">
      <Icon name="log" />
      <button type="button" class="link" onClick={open}>
        {t('Read {0}', name)}
      </button>
    </li>
  );
}

interface OwnerRowsProps {
  readonly owners: readonly Owner[];
  readonly host: RunProps['host'];
}

/** Who else writes to the object, what that means, and where to change it for good. */
export function OwnerRows({ owners, host }: OwnerRowsProps) {
  return owners.map((owner, index) => (
    <OwnerRow key={`${owner.kind} ${owner.name}`} owner={owner} open={() => host.send('openOwner', { index })} />
  ));
}

function OwnerRow({ owner, open }: { readonly owner: Owner; readonly open: () => void }) {
  return (
    <li class={owner.reverts ? 'fact fact-warning' : 'fact'}>
      <Icon name={owner.reverts ? 'warning' : 'owner'} />
      <span>
        {t('Owned by {0}', `${ownerKind(owner.kind)} ${owner.name}`)}. {owner.consequence}{' '}
        {owner.git !== undefined && (
          <button type="button" class="link" onClick={open}>
            {t('Open in Git')} <Icon name="external" />
          </button>
        )}
      </span>
    </li>
  );
}

function ownerKind(kind: Owner['kind']): string {
  switch (kind) {
    case 'helm':
      return 'Helm';
    case 'argocd':
      return 'Argo CD';
    case 'flux':
      return 'Flux';
    case 'fieldManager':
      return t('field manager');
  }
}
