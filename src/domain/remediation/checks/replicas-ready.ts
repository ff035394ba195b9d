import { t } from '../../../core/l10n.ts';
import { valueOf } from '../../../core/loadable.ts';
import type { Hpa } from '../../kubernetes/model.ts';
import type { Checks } from '../expectation.ts';
import { type Check, type Seen, onEachChange } from './check.ts';

/** HPA and workload are both watched. */
export const replicasReady: Check<Checks['replicasReady']> = ({ atLeast }, looking) => {
  const { world, target } = looking;
  const deployments = world.clusters.cluster(target.cluster).watch('deployments', target.namespace);
  const look = (hpa: Hpa): Seen => {
    const workload = [...(valueOf(deployments.store.objects)?.values() ?? [])].find(
      ({ name }) => name === hpa.target.name,
    );
    const ready = workload?.ready ?? 0;
    const calm = hpa.metrics.every(({ current, target: aim }) => current !== undefined && current <= aim);
    const enough = ready >= hpa.desiredReplicas && (ready >= atLeast || calm);
    return { met: enough, seen: t('{0} of {1} ready', ready, Math.max(atLeast, hpa.desiredReplicas)) };
  };
  return onEachChange('horizontalpodautoscalers', looking, look, [deployments]);
};
