import { t } from '../../../core/l10n.ts';
import { forecastHeadroom, type Headroom } from '../../kubernetes/headroom.ts';
import { forecastReplicas } from '../../kubernetes/hpa.ts';
import { info, warning } from '../effect.ts';
import type { Effect } from '../plan.ts';
import type { Surroundings } from './observe.ts';

/** What the HPA and the scheduler will make of the new maximum, foretold from what they see now. */
export function effectsOf(around: Surroundings, maxReplicas: number): readonly Effect[] {
  return [...replicaEffects(around, maxReplicas), ...headroomEffects(around, maxReplicas)];
}

/** Replicas that the HPA's formula gives at the present load; undefined without a current metric. */
export function wantedReplicas({ hpa }: Surroundings, maxReplicas: number): number | undefined {
  return forecastReplicas(hpa, maxReplicas)?.replicas;
}

function replicaEffects({ hpa }: Surroundings, maxReplicas: number): Effect[] {
  const forecast = forecastReplicas(hpa, maxReplicas);
  if (!forecast) return [warning(t('The HPA has no current metric, so it will not scale until one arrives.'))];
  const { replicas, unbounded } = forecast;
  const now = hpa.currentReplicas;
  const effects = [
    info(t('At the present load the HPA wants {0} replicas; {1} run now, {2} will.', unbounded, now, replicas)),
  ];
  if (unbounded > maxReplicas)
    effects.push(
      warning(t('{0} replicas would be needed: the maximum of {1} is still too low.', unbounded, maxReplicas)),
    );
  return effects;
}

function headroomEffects(around: Surroundings, maxReplicas: number): Effect[] {
  const { hpa, workload, nodes, pods } = around;
  const count = (wantedReplicas(around, maxReplicas) ?? maxReplicas) - hpa.currentReplicas;
  if (count <= 0) return [];
  if (!workload)
    return [
      warning(t('Whether the nodes have room is not known: {0} {1} cannot be read.', hpa.target.kind, hpa.target.name)),
    ];
  if (!nodes || !pods)
    return [warning(t('Whether the nodes have room is not known: you may not list nodes and pods.'))];
  return headroomWords(forecastHeadroom({ template: workload.template, count, nodes, pods }), count);
}

function headroomWords({ fits, pending, uncertain }: Headroom, count: number): Effect[] {
  const effects =
    pending > 0
      ? [warning(t('The nodes have room for {0} of {1} more pods: {2} would stay Pending.', fits, count, pending))]
      : [info(t('The nodes have room for the {0} more pods.', count))];
  return uncertain === undefined ? effects : [...effects, info(uncertain)];
}
