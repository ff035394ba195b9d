import { t } from '../../core/l10n.ts';
import type { ReleaseRevision } from '../kubernetes/model.ts';

/** Helm's own --timeout. Source: helm.sh, "helm upgrade" (5m0s). */
export const operationMs = 5 * 60_000;

/** A release whose newest operation has not ended, or not well. */
export interface Rescue {
  readonly newest: ReleaseRevision;
  /** When the record was written last, ms of the server's clock: from then on nobody has told anything. */
  readonly since: number;
  /** The newest revision that was deployed once, but for this one; undefined: there is nothing to go back to. */
  readonly lastGood: number | undefined;
}

/** Source: helm.sh/helm pkg/release, status.go (IsPending). */
const unfinished = new Set(['pending-install', 'pending-upgrade', 'pending-rollback', 'uninstalling']);

/** @param history all that is known of one release; undefined where its newest revision needs no help */
export function rescueOf(history: readonly ReleaseRevision[]): Rescue | undefined {
  const [newest, ...older] = [...history].sort((a, b) => b.revision - a.revision);
  if (!newest || !(newest.status === 'failed' || isUnfinished(newest))) return undefined;
  const good = older.find(({ status }) => status === 'deployed' || status === 'superseded');
  // the payload's time may still be that of the first deployment, but each revision is a Secret of its own
  const since = Math.max(newest.updatedAt ?? 0, newest.createdAt, newest.writtenAt ?? 0);
  return { newest, since, lastGood: good?.revision };
}

/** Helm refuses a second operation meanwhile, and it would be right to if the first is still alive. */
export function isUnfinished({ status }: Pick<ReleaseRevision, 'status'>): boolean {
  return unfinished.has(status);
}

/** May a Helm still be at work on it? After {@link operationMs} without a word only one that was told to wait longer is. */
export function mayBeRunning({ newest, since }: Rescue, now: number): boolean {
  return isUnfinished(newest) && now - since < operationMs;
}

/** What happened, who did it, whether it may still go on, and the way out: a paragraph each. */
export function rescueInWords(rescue: Rescue, now: number): readonly string[] {
  const { newest } = rescue;
  const by = newest.writtenBy ? [t('Last written by {0}.', newest.writtenBy)] : [];
  const liveness = isUnfinished(newest) ? [livenessInWords(mayBeRunning(rescue, now))] : [];
  return [whatHappened(newest), ...by, ...liveness, wayOut(rescue)];
}

function whatHappened({ status, revision }: ReleaseRevision): string {
  switch (status) {
    case 'pending-install':
      return t('Helm began to install it, and has not said how that ended.');
    case 'pending-upgrade':
      return t('Helm began an upgrade to revision {0}, and has not said how that ended.', revision);
    case 'pending-rollback':
      return t('Helm began a rollback as revision {0}, and has not said how that ended.', revision);
    case 'uninstalling':
      return t('Helm began to remove it, and has not said how that ended.');
    default:
      return t('Revision {0} failed. What it applied before it failed stays in the cluster.', revision);
  }
}

function livenessInWords(mayRun: boolean): string {
  return mayRun
    ? t(
        'Helm may still be at work on it: it waits for five minutes unless it was told otherwise. Start nothing else meanwhile.',
      )
    : t(
        'The five minutes that Helm waits by default are over. With a longer --timeout it may still be at work: ask whoever started it, a pipeline or a person, first.',
      );
}

/** Source: helm.sh/helm pkg/action: upgrade.go refuses while an operation is pending, rollback.go and uninstall.go do not. */
function wayOut({ newest: { status }, lastGood }: Rescue): string {
  if (status === 'uninstalling') return t('The way out: uninstall it once more, which finishes the removal.');
  if (status === 'failed')
    return lastGood === undefined
      ? t('The way out: mend what Helm complains of and upgrade again. There is no good revision to go back to.')
      : t(
          'The way out: mend what Helm complains of and upgrade again, or roll back to revision {0}, the last good one.',
          lastGood,
        );
  return lastGood === undefined
    ? t('The way out: uninstall it and install it anew. There is no good revision to go back to.')
    : t('The way out: roll back to revision {0}, the last good one. Until then Helm refuses upgrades.', lastGood);
}
