import { t } from '../../../core/l10n.ts';
import { errorOf, valueOf } from '../../../core/loadable.ts';
import { evidenceOf } from '../../evidence/evidence.ts';
import { evidenceInWords } from '../../evidence/in-words.ts';
import { knownOf } from '../../evidence/known.ts';
import type { ObjectStore } from '../../kubernetes/cluster.ts';
import { crewOf } from '../../kubernetes/crew.ts';
import type { Configuration } from '../../kubernetes/model.ts';
import type { Checks } from '../expectation.ts';
import { type Check, onEachChange, type Seen } from './check.ts';
import { workloadKindOf } from './workload-kind.ts';

/** None of the workload's pods is older than these Secrets and ConfigMaps; what cannot be seen is not gone. */
export const evidenceGone: Check<Checks['evidenceGone']> = ({ uses }, looking) => {
  const { target, world } = looking;
  const { namespace, uid } = target;
  const cluster = world.clusters.cluster(target.cluster);
  const pods = cluster.watch('pods', namespace);
  const replicaSets = cluster.watch('replicasets', namespace);
  const secrets = cluster.watch('secrets', namespace);
  const configmaps = cluster.watch('configmaps', namespace);
  const look = (): Seen => {
    const [all, keepers] = [valueOf(pods.store.objects), valueOf(replicaSets.store.objects)];
    const [Secret, ConfigMap] = [listed(secrets.store), listed(configmaps.store)];
    if (!all || !keepers || !Secret || !ConfigMap) return { met: false, seen: t('its pods are not known yet') };
    const [first] = evidenceOf(crewOf(uid, all.values(), keepers.values()), knownOf({ Secret, ConfigMap })).filter(
      (one) => one.kind !== 'missing' && uses.some(({ kind, name }) => one.use.kind === kind && one.use.name === name),
    );
    if (!first) return { met: true, seen: t('none is') };
    return { met: false, seen: evidenceInWords(first, (at) => new Date(at).toLocaleTimeString()) };
  };
  return onEachChange(workloadKindOf(target), looking, look, [pods, replicaSets, secrets, configmaps]);
};

function listed({ objects }: ObjectStore<Configuration>) {
  const all = valueOf(objects);
  return all ? [...all.values()] : errorOf(objects);
}
