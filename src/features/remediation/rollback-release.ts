import { t } from '../../core/l10n.ts';
import type { Commands } from '../../contributions.ts';
import type { RevisionRef } from '../../domain/helm/model.ts';
import type { Cluster } from '../../domain/kubernetes/cluster.ts';
import type { ReleaseRevision } from '../../domain/kubernetes/model.ts';
import { once } from '../../domain/kubernetes/once.ts';
import type { JsonObject } from '../../domain/remediation/json.ts';
import { mayBeAlive } from '../../domain/remediation/rollback/alive.ts';
import { lastGood, newestRevision } from '../../domain/remediation/rollback/history.ts';
import type { Services } from '../../services.ts';
import { pick } from '../../ui/prompts.ts';
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
  const history = await historyOf(cluster, meant, AbortSignal.timeout(30_000));
  const now = services.clock.now() + cluster.clockSkew;
  const newest = newestRevision(history);
  const revision = meant.revision < newest.revision ? meant.revision : await pickRevision(history, now);
  const inputs: JsonObject = { revision, ...((await isAbandoned(newest, now)) && { abandoned: true }) };
  const pointer = { cluster: meant.cluster, kind: 'Release' as const, namespace, name };
  await planAndShow(services, { remediation: 'rollback', pointer, inputs });
}

/** With what the payloads say of the charts. @throws JarvisError helm.notFound, kube.* */
async function historyOf(
  cluster: Cluster,
  { namespace, name }: RevisionRef,
  signal: AbortSignal,
): Promise<readonly ReleaseRevision[]> {
  const told = await once(cluster, 'releases', namespace, signal);
  const history = told.filter(({ release }) => release === name);
  return history.length > 0 ? history : cluster.releases.history(namespace, name, signal);
}

/** The last good one first: it is what one most often wants. */
function pickRevision(history: readonly ReleaseRevision[], now: number): Promise<number> {
  const newest = newestRevision(history);
  const good = lastGood(history);
  const earlier = history.filter(({ revision }) => revision < newest.revision);
  const inOrder = [...earlier].sort((a, b) => rank(b, good) - rank(a, good));
  const choices = inOrder.map((one) => ({
    label: t('revision {0}', one.revision),
    description: [...chartOf(one), one.status, ...(one.revision === good ? [t('last good one')] : [])].join(' · '),
    detail: [t('{0} ago', duration(now - (one.updatedAt ?? one.createdAt))), one.description ?? ''].join(' '),
    value: one.revision,
  }));
  const title = t('Roll back {0} to which revision?', newest.release);
  return pick(choices, { title, placeHolder: t('now revision {0}, {1}', newest.revision, newest.status) });
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
