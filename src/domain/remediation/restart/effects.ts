import { t } from '../../../core/l10n.ts';
import { compareNames } from '../../../core/natural-order.ts';
import { evidenceInWords } from '../../evidence/in-words.ts';
import { isReason } from '../../evidence/evidence.ts';
import type { Pod } from '../../kubernetes/model.ts';
import { durationInWords } from '../duration-in-words.ts';
import { info, warning } from '../effect.ts';
import type { Effect } from '../plan.ts';
import type { Target } from '../target.ts';
import { utc } from '../utc.ts';
import { rolloutMs } from './forecast.ts';
import type { Surroundings } from './observe.ts';

/** Which pods, in what order, how long, and what stops meanwhile; foretold from the strategy and the pods as they are. */
export function effectsOf(target: Target, around: Surroundings): readonly Effect[] {
  return [
    ...trafficEffects(target, around),
    ...orderEffects(target, around),
    ...budgetEffects(around),
    ...evidenceEffects(around),
  ];
}

/** What speaks for the restart, as the plan saw it. */
export function reasonsOf({ evidence }: Surroundings): readonly string[] {
  return evidence.filter(isReason).map((one) => evidenceInWords(one, utc));
}

function trafficEffects(target: Target, around: Surroundings): Effect[] {
  const { rollout, wanted, pods } = around;
  if (wanted === 0) return [warning(t('It has no pods now: nothing is restarted until it is scaled up.'))];
  const stop = stopOf(target, around);
  if (stop !== undefined) return [warning(stop)];
  const { unavailable, hasReadinessProbe } = rollout;
  const effects: Effect[] = [];
  if (!hasReadinessProbe)
    effects.push(
      warning(
        t('There is no readiness probe: new pods count as ready as soon as they run, whether they can serve or not.'),
      ),
    );
  const ready = pods?.filter(isReady).length ?? wanted;
  if (unavailable > 0 && ready > 0)
    effects.push(
      info(t('Up to {0} of {1} pods are missing at a time (maxUnavailable).', Math.min(unavailable, wanted), wanted)),
    );
  return effects;
}

/** Why nobody is served for a while; undefined: some pods always are there. */
function stopOf({ kind }: Target, { rollout, wanted }: Surroundings): string | undefined {
  const { strategy, surge, unavailable, hasReadinessProbe } = rollout;
  if (strategy === 'recreate')
    return t('Traffic will stop: the strategy Recreate stops all {0} pods before the first new one starts.', wanted);
  if (kind !== 'DaemonSet' && surge === 0 && unavailable >= wanted)
    return t('Traffic will stop: all pods ({0}) are stopped before new ones are ready.', wanted);
  if (!hasReadinessProbe && wanted === 1)
    return t(
      'Traffic will stop: it is one pod without a readiness probe, so the old one is stopped before the new one can serve.',
    );
  return undefined;
}

/** Sources: kubernetes.io, "StatefulSets": rolling updates, partitions; "DaemonSet": update strategy. */
function orderEffects({ kind }: Target, { rollout, wanted, pods }: Surroundings): Effect[] {
  if (wanted === 0) return [];
  if (!pods) return [warning(t('Which pods are restarted is not known: you may not list them.'))];
  const names = pods.map(({ name }) => name).sort(compareNames);
  const { partition } = rollout;
  const meant = kind === 'StatefulSet' ? names.reverse().filter((name) => ordinalOf(name) >= partition) : names;
  const kept: Effect[] =
    kind === 'StatefulSet' && partition > 0
      ? [
          warning(
            t(
              'The partition {0} keeps pods with a lower number as they are: {1} of {2} are restarted.',
              partition,
              meant.length,
              wanted,
            ),
          ),
        ]
      : [];
  const ms = rolloutMs(rollout, meant.length, pods);
  const time =
    ms === undefined
      ? t('How long it takes is not known: none of its pods tells how long it took to get ready.')
      : t('It takes about {0}, by the time that its pods took to get ready.', durationInWords(ms));
  return [...kept, info(`${orderInWords(kind, rollout.surge, rollout.unavailable)} ${listed(meant)}`), info(time)];
}

function orderInWords(kind: string, surge: number, unavailable: number): string {
  const atATime = Math.max(1, surge + unavailable);
  if (kind === 'StatefulSet') return t('From the highest number down, {0} at a time:', atATime);
  if (kind === 'DaemonSet') return t('Node by node, {0} at a time, in any order:', atATime);
  return t('{0} at a time, in an order that the ReplicaSet chooses:', atATime);
}

const most = 10;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? t('{0} and {1} more', shown, names.length - most) : shown;
}

/** Source: kubernetes.io, "Disruptions": a rollout is not limited by budgets, but counts against them. */
function budgetEffects({ budgets }: Surroundings): Effect[] {
  if (!budgets)
    return [warning(t('Whether a PodDisruptionBudget guards its pods is not known: you may not list them.'))];
  return budgets.map(({ name, disruptionsAllowed }) =>
    warning(
      t(
        'The PodDisruptionBudget {0} allows {1} disruptions now. It does not hold a rollout back; node drains wait meanwhile.',
        name,
        disruptionsAllowed,
      ),
    ),
  );
}

function evidenceEffects({ evidence, pods }: Surroundings): Effect[] {
  const others = evidence.filter((one) => !isReason(one));
  const isUnknown = others.some(({ kind }) => kind === 'unknown') || !pods;
  const nothing = t(
    'No sign was found that a restart helps: no pod is older than what it reads, no image tag was moved.',
  );
  return [
    ...(isUnknown || evidence.some(isReason) ? [] : [info(nothing)]),
    ...others.map((one) => {
      const isHarmless = one.kind === 'missing' && one.source.optional === true;
      return (isHarmless ? info : warning)(evidenceInWords(one, utc));
    }),
  ];
}

function ordinalOf(name: string): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}

function isReady({ conditions }: Pod): boolean {
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
