import { t } from '../../../core/l10n.ts';
import type { Hpa } from '../../kubernetes/model.ts';
import type { Checks } from '../expectation.ts';
import { targetKinds } from '../target-kinds.ts';
import { allOf, type Check, onEachChange, type Seen } from './check.ts';

/** HPA and workload are both watched. */
export const replicasReady: Check<Checks['replicasReady']> = ({ of, atLeast }, looking) => {
  const { world, target } = looking;
  const workloads = world.clusters.cluster(target.cluster).watch(targetKinds[of], target.namespace);
  const look = (hpa: Hpa): Seen => {
    const all = allOf(workloads);
    if (!all) return { met: false, seen: t('its pods are not known yet') };
    const ready = all.find(({ name }) => name === hpa.target.name)?.ready;
    if (ready === undefined) return { met: false, seen: t('{0} is not there', hpa.target.name) };
    const calm = hpa.metrics.every(({ current, target: aim }) => current !== undefined && current <= aim);
    const enough = ready >= hpa.desiredReplicas && (ready >= atLeast || calm);
    return { met: enough, seen: t('{0} of {1} ready', ready, Math.max(atLeast, hpa.desiredReplicas)) };
  };
  return onEachChange('horizontalpodautoscalers', looking, look, [workloads]);
};
