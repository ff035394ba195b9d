import type { ComponentChildren } from 'preact';
import { t } from '../../../core/l10n.ts';
import type { Plan } from '../../../domain/remediation/plan.ts';
import { timeOfDay, took } from '../shared/format.ts';
import { Icon } from '../shared/icon.tsx';
import { Diff } from './diff.tsx';
import { routeName } from './lines.ts';
import type { RunProps } from './model.ts';
import { OwnerRows } from './plan-detail.tsx';

interface PlanFactsProps {
  readonly plan: Plan;
  readonly open: boolean;
  readonly now: number;
  readonly host: RunProps['host'];
}

/** Everything that is pinned: open while it is to be confirmed, and to be looked up for ever after. */
export function PlanFacts({ plan, open, now, host }: PlanFactsProps) {
  return (
    <details class="plan-facts" open={open}>
      <summary>
        <Icon name="chevron" />
        {t('What exactly, and how it is undone')}
      </summary>
      <div class="fact-groups">
        {!open && (
          <Group title={t('Change')}>
            <Diff changes={plan.changes} />
            <ul class="facts">
              <OwnerRows owners={plan.owners} host={host} />
            </ul>
          </Group>
        )}
        <Group title={t('Target, pinned')}>
          <Pairs pairs={targetPairs(plan)} />
        </Group>
        <Group title={t('What will be sent, by {0}', routeName(plan.request.route))}>
          <Pairs pairs={plan.request.preview.map(({ label, value }) => [label, value])} />
        </Group>
        <Group title={t('How it is verified')}>
          <ul class="plain">
            {plan.expectations.map(({ id, label, withinMs }) => (
              <li key={id}>
                {label} <span class="muted">{t('within {0}', took(withinMs))}</span>
              </li>
            ))}
          </ul>
        </Group>
        <Group title={t('How it is undone')}>
          <p>{'impossible' in plan.inverse ? plan.inverse.impossible : plan.inverse.summary}</p>
        </Group>
        <Group title={t('Plan')}>
          <Pairs
            pairs={[
              ['ID', plan.id],
              [t('Made'), t('{0} by {1}', timeOfDay(plan.createdAt, now), plan.actor)],
              ...(plan.undoOf === undefined ? [] : [[t('Takes back'), plan.undoOf] as const]),
              ...(plan.alarm ? [[t('Alarm'), plan.alarm.name] as const] : []),
            ]}
          />
        </Group>
      </div>
    </details>
  );
}

function targetPairs({ target }: Plan): readonly (readonly [string, string])[] {
  const { cluster } = target;
  return [
    [t('Cluster'), cluster.context === cluster.cluster ? cluster.context : `${cluster.context} (${cluster.cluster})`],
    [t('Server'), cluster.server],
    [t('Namespace'), target.namespace],
    [target.kind, target.name],
    ['UID', target.uid],
    ['resourceVersion', target.resourceVersion],
  ];
}

function Group({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="fact-group">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Pairs({ pairs }: { readonly pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl class="pairs">
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="mono">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
