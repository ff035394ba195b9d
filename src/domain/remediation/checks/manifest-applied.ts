import { t } from '../../../core/l10n.ts';
import { compareWithLive } from '../../helm/compare.ts';
import { liveObjects } from '../../helm/live-objects.ts';
import { scaledIn, withoutScaling } from '../../helm/scaled.ts';
import type { Release } from '../../helm/model.ts';
import type { Checks } from '../expectation.ts';
import type { Check } from './check.ts';
import { lookAgain } from './look-again.ts';

const pauses = { firstMs: 1_000, slowestMs: 8_000 };
const most = 3;

function asMeant(scaled: readonly string[]): string {
  if (scaled.length === 0) return t('all are');
  return t('all are, but for replicas that an HPA sets: {0}', scaled.join(', '));
}

/** The objects that Helm has stored with a revision, as the server has them. */
export const manifestApplied: Check<Checks['manifestApplied']> = ({ revision }, looking) => {
  const { world, target, signal } = looking;
  const { namespace, name } = target;
  const cluster = world.clusters.cluster(target.cluster);
  let release: Release | undefined;
  const look = async () => {
    release ??= await cluster.releases.read(namespace, name, revision, signal);
    const scaled: string[] = [];
    const here = { namespace, scaled: await scaledIn(cluster, namespace, signal) };
    const live = withoutScaling(liveObjects(cluster, namespace, signal), here, (name) => scaled.push(name));
    const different = await compareWithLive(release, live);
    const names = different.slice(0, most).map((one) => one.name.replace(/\.yaml$/, ''));
    if (different.length > most) names.push('…');
    const met = different.length === 0;
    return { met, seen: met ? asMeant(scaled) : t('{0} differ: {1}', different.length, names.join(', ')) };
  };
  return lookAgain(looking, look, pauses);
};
