import { t } from '../../../core/l10n.ts';
import { errorOf, valueOf } from '../../../core/loadable.ts';
import { type Evidence, evidenceOf } from '../../evidence/evidence.ts';
import { evidenceInWords } from '../../evidence/in-words.ts';
import { knownOf } from '../../evidence/known.ts';
import { isSame } from '../../evidence/sources.ts';
import type { ObjectStore } from '../../kubernetes/store.ts';
import { crewOf } from '../../kubernetes/crew.ts';
import type { Configuration } from '../../kubernetes/model.ts';
import type { Checks } from '../expectation.ts';
import { type Check, onEachChange, type Seen } from './check.ts';
import { workloadKindOf } from './workload-kind.ts';

/** What cannot be seen is not gone. */
export const evidenceGone: Check<Checks['evidenceGone']> = (expected, looking) => {
  const { target, world } = looking;
  const { namespace, uid } = target;
  const cluster = world.clusters.cluster(target.cluster);
  const pods = cluster.watch('pods', namespace);
  const replicaSets = cluster.watch('replicasets', namespace);
  const secrets = cluster.watch('secrets', namespace);
  const configmaps = cluster.watch('configmaps', namespace);
  // Vault tells of no change: its secrets are taken as they were when the plan was made
  const vault = new Map(expected.sources.map(({ name, changedAt }) => [name, { changedAt }]));
  const look = (): Seen => {
    const [all, keepers] = [valueOf(pods.store.objects), valueOf(replicaSets.store.objects)];
    const [Secret, ConfigMap] = [listed(secrets.store), listed(configmaps.store)];
    if (!all || !keepers || !Secret || !ConfigMap) return { met: false, seen: t('its pods are not known yet') };
    const evidence = evidenceOf(crewOf(uid, all.values(), keepers.values()), knownOf({ Secret, ConfigMap }, vault));
    const left = evidence.find((one) => isMeant(one, expected));
    if (!left) return { met: true, seen: t('none is') };
    return { met: false, seen: evidenceInWords(left, (at) => new Date(at).toLocaleTimeString()) };
  };
  return onEachChange(workloadKindOf(target), looking, look, [pods, replicaSets, secrets, configmaps]);
};

function isMeant(evidence: Evidence, { sources, containers }: Checks['evidenceGone']): boolean {
  if (evidence.kind === 'missing') return false;
  if (evidence.kind === 'moved') return containers.includes(evidence.container);
  return sources.some((source) => isSame(evidence.source, source));
}

function listed({ objects }: ObjectStore<Configuration>) {
  const all = valueOf(objects);
  return all ? [...all.values()] : errorOf(objects);
}
