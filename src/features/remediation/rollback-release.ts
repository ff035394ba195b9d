import { mapLimited } from '../../core/async.ts';
import { toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Commands } from '../../contributions.ts';
import type { ReleaseHead } from '../../domain/helm/model.ts';
import type { Cluster } from '../../domain/kubernetes/cluster.ts';
import type { ReleaseRevision } from '../../domain/kubernetes/model.ts';
import type { JsonObject } from '../../domain/remediation/json.ts';
import { mayBeAlive } from '../../domain/remediation/rollback/alive.ts';
import { lastGood, newestRevision, noGoodRevision } from '../../domain/remediation/rollback/history.ts';
import type { Services } from '../../services.ts';
import { patiently } from '../../ui/patiently.ts';
import { type Choice, pick } from '../../ui/prompts.ts';
import { duration } from '../../ui/time.ts';
import { chooseRelease } from '../helm/choose-release.ts';
import { planAndShow } from './plan-action.ts';

/** Roll Back Release…: which release, to which revision, and then the plan. The same path from the tree and the palette. */
export async function rollbackRelease(
  services: Services,
  from: Parameters<Commands['jarvis.rollbackRelease']>[0],
): Promise<void> {
  const meant = from?.release ?? (await chooseRelease(services, t('Roll back which release?')));
  const { namespace, name } = meant;
  const cluster = services.clusters.cluster(meant.cluster);
  const history = await patiently(t('Reading the history of {0}', name), (signal) =>
    cluster.releases.history(namespace, name, signal),
  );
  const now = services.clock.now() + cluster.clockSkew;
  const newest = newestRevision(history);
  const revision = meant.revision < newest.revision ? meant.revision : await pickRevision(cluster, history, now);
  const inputs: JsonObject = { revision, ...((await isAbandoned(newest, now)) && { abandoned: true }) };
  const pointer = { cluster: meant.cluster, kind: 'Release' as const, namespace, name };
  await planAndShow(services, { remediation: 'rollback', pointer, inputs });
}

/** The last good one first: it is what one most often wants. @throws JarvisError helm.noGoodRevision, CancelledError */
async function pickRevision(cluster: Cluster, history: readonly ReleaseRevision[], now: number): Promise<number> {
  const newest = newestRevision(history);
  const good = lastGood(history);
  const earlier = history.filter(({ revision }) => revision < newest.revision);
  if (earlier.length === 0) throw noGoodRevision(newest.release);
  const inOrder = [...earlier].sort((a, b) => rank(b, good) - rank(a, good));
  const title = t('Roll back {0} to which revision?', newest.release);
  const placeHolder = t('now revision {0}, {1}', newest.revision, newest.status);
  const choices = async (signal: AbortSignal) => {
    const heads = await mapLimited(inOrder.slice(0, mostRead), atOnce, ({ namespace, release, revision }) =>
      cluster.releases.head(namespace, release, revision, signal).catch(ifPruned),
    );
    return inOrder.map((one, index) => choiceOf({ ...one, ...heads[index] }, good, now));
  };
  return pick(choices, { title, placeHolder });
}

/** Payloads are big: Helm keeps ten revisions unless it was told otherwise, and of more only the first say their chart. */
const mostRead = 20;
const atOnce = 8;

/** Helm removes old revisions whenever it makes a new one. */
function ifPruned(error: unknown): ReleaseHead {
  if (toJarvisError(error).code === 'helm.notFound') return {};
  throw error;
}

function choiceOf(one: ReleaseRevision, good: number | undefined, now: number): Choice<number> {
  return {
    label: t('revision {0}', one.revision),
    description: [...chartOf(one), one.status, ...(one.revision === good ? [t('last good one')] : [])].join(' · '),
    detail: [t('{0} ago', duration(now - (one.updatedAt ?? one.createdAt))), one.description ?? ''].join(' '),
    value: one.revision,
  };
}

function rank({ revision }: ReleaseRevision, good: number | undefined): number {
  return revision === good ? Number.POSITIVE_INFINITY : revision;
}

function chartOf({ chart }: ReleaseRevision): readonly string[] {
  return chart ? [`${chart.name} ${chart.version}`] : [];
}

/** Asked where an operation may still be going on: only a person can know that it is dead. */
async function isAbandoned(newest: ReleaseRevision, now: number): Promise<boolean> {
  const alive = mayBeAlive(newest, now);
  if (!alive) return false;
  const { release, status, writtenBy = 'helm' } = newest;
  const choices = [
    {
      label: t('It may still be at work'),
      detail: t('The plan is made, and cannot be confirmed before the other operation has ended.'),
      value: false,
    },
    {
      label: t('It is dead'),
      detail: t('Its process was ended, or its job was cancelled: I have looked. This is written down.'),
      value: true,
    },
  ];
  const placeHolder = t('{0} has been at work on it for {1}', writtenBy, duration(now - alive.since));
  return pick(choices, { title: t('{0} is {1}', release, status), placeHolder });
}
