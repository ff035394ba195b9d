import { t } from '../../../core/l10n.ts';
import type { Release } from '../../helm/model.ts';
import { info, warning } from '../effect.ts';
import type { Effect } from '../plan.ts';
import type { Forecast } from './forecast.ts';

/** What the rollback will do beside changing fields. */
export function effectsOf(
  current: Release,
  goal: Release,
  around: Forecast & { readonly scaled: ReadonlySet<string> },
): readonly Effect[] {
  return [
    ...recordEffects(current, goal),
    ...objectEffects(around),
    ...scalingEffects(around),
    ...hookEffects(goal),
    ...crdEffects(current),
  ];
}

function recordEffects(current: Release, goal: Release): Effect[] {
  const { chart, revision, status } = goal;
  const next = current.revision + 1;
  const made = t(
    'Revision {0} will be made with the chart {1} {2} (app {3}) and the values of revision {4}.',
    next,
    chart.name,
    chart.version,
    chart.appVersion,
    revision,
  );
  if (status === 'superseded' || status === 'deployed') return [info(made)];
  return [info(made), warning(t('Revision {0} itself is {1}: it was never in order.', revision, status))];
}

function objectEffects({ changes, created, deleted, refused, unseen }: Forecast): Effect[] {
  const changesNothing = [changes, created, deleted, refused, unseen].every(({ length }) => length === 0);
  return [
    ...unseenEffects(unseen),
    ...(changesNothing ? [info(t("The cluster is as that revision wants it: only Helm's record will change."))] : []),
    ...deleted.map((object) => warning(t('{0} will be deleted: that revision does not have it.', object))),
    ...created.map((object) => info(t('{0} will be made: it is not there now.', object))),
    ...refused.map(({ object, reason }) =>
      warning(t('{0} cannot be brought back by a change; the rollback will fail at it: {1}', object, reason)),
    ),
  ];
}

function scalingEffects({ changes, scaled }: Forecast & { readonly scaled: ReadonlySet<string> }): Effect[] {
  const names = changes.flatMap(({ of = '', path }) => (path === 'spec.replicas' && scaled.has(of) ? [of] : []));
  if (names.length === 0) return [];
  return [info(t('Its HPA sets the replicas again as soon as it acts: {0}', names.join(', ')))];
}

const mostNamed = 5;

function unseenEffects(unseen: Forecast['unseen']): Effect[] {
  const [first] = unseen;
  if (!first) return [];
  const named = unseen.slice(0, mostNamed).map(({ object }) => object);
  const names = [...named, ...(unseen.length > mostNamed ? ['…'] : [])].join(', ');
  return [
    warning(
      t("What will become of {0} is told by Helm's records alone, not by what is there now: {1}", names, first.reason),
    ),
  ];
}

/** Source: helm.sh, "Chart Hooks": those of the revision that is gone back to, by their weights. */
function hookEffects({ hooks }: Release): Effect[] {
  return (['pre-rollback', 'post-rollback'] as const).flatMap((event) => {
    const due = hooks.filter(({ events }) => events.includes(event)).sort((a, b) => a.weight - b.weight);
    const names = due.map(({ kind, name }) => `${kind} ${name}`).join(', ');
    if (due.length === 0) return [];
    return [
      event === 'pre-rollback'
        ? info(t('Before it these hooks run, each for up to 5 minutes: {0}', names))
        : info(t('After it these hooks run, each for up to 5 minutes: {0}', names)),
    ];
  });
}

/** Source: helm.sh, "Custom Resource Definitions": installed once, never changed. */
function crdEffects({ crds }: Release): Effect[] {
  const paths = crds.map(({ path }) => path).join(', ');
  return crds.length === 0
    ? []
    : [info(t('The definitions of custom kinds stay as they are, Helm never changes them: {0}', paths))];
}
