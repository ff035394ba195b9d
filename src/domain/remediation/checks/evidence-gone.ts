import { t } from '../../../core/l10n.ts';
import { errorOf, valueOf } from '../../../core/loadable.ts';
import { type Evidence, evidenceOf } from '../../evidence/evidence.ts';
import { evidenceInWords } from '../../evidence/in-words.ts';
import { knownOf } from '../../evidence/known.ts';
import { isSame } from '../../evidence/sources.ts';
import type { ObjectStore } from '../../kubernetes/store.ts';
import type { Configuration } from '../../kubernetes/model.ts';
import type { Checks } from '../expectation.ts';
import { utc } from '../utc.ts';
import { type Check, onEachChange, type Seen } from './check.ts';
import { watchCrew } from './crew.ts';
import { workloadKindOf } from './workload-kind.ts';

/** What cannot be seen is not gone. */
export const evidenceGone: Check<Checks['evidenceGone']> = (expected, looking) => {
  const { target, world } = looking;
  const kind = workloadKindOf(target);
  const cluster = world.clusters.cluster(target.cluster);
  const crew = watchCrew(looking);
  const secrets = cluster.watch('secrets', target.namespace);
  const configmaps = cluster.watch('configmaps', target.namespace);
  // Vault tells of no change: its secrets are taken as they were when the plan was made
  const vault = new Map(expected.sources.map(({ name, changedAt }) => [name, { changedAt }]));
  const look = (): Seen => {
    const pods = crew.now();
    const [Secret, ConfigMap] = [listed(secrets.store), listed(configmaps.store)];
    if (!pods || !Secret || !ConfigMap) return { met: false, seen: t('its pods are not known yet') };
    const left = evidenceOf(pods, knownOf({ Secret, ConfigMap }, vault)).find((one) => isMeant(one, expected));
    return left ? { met: false, seen: evidenceInWords(left, utc) } : { met: true, seen: t('none is') };
  };
  return onEachChange(kind, looking, look, [...crew.leases, secrets, configmaps]);
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
