import { t } from '../../../core/l10n.ts';
import type { ReleaseRevision } from '../../kubernetes/model.ts';
import type { Plan } from '../plan.ts';

/**
 * Helm leaves no sign of life: its operations have a time limit (`--timeout`, 5 minutes) for each hook and for the waiting
 * afterwards, and nobody is known to wait for an hour.
 */
const deadAfterMs = 60 * 60_000;

type Newest = Pick<ReleaseRevision, 'release' | 'revision' | 'status' | 'createdAt' | 'writtenAt' | 'writtenBy'>;

/** An operation that may still be going on: since when (ms since the epoch). Undefined: none can be. */
export function mayBeAlive({ status, createdAt, writtenAt = 0 }: Newest, now: number): { since: number } | undefined {
  const since = Math.max(createdAt, writtenAt);
  return isBusy(status) && now - since < deadAfterMs ? { since } : undefined;
}

/** Source: helm.sh/helm pkg/release/common, status.go. */
function isBusy(status: string): boolean {
  return status.startsWith('pending-') || status === 'uninstalling';
}

/**
 * Two operations at once would leave the release as neither of them wanted it, and Helm's rollback does not look whether
 * there is another one. Who knows that the other one is dead may say so.
 */
export function problemsOf(newest: Newest, abandoned: boolean, now: number): NonNullable<Plan['problems']> {
  const alive = mayBeAlive(newest, now);
  if (!alive) return [];
  const { release, revision, status, writtenBy = 'helm' } = newest;
  const minutes = Math.floor((now - alive.since) / 60_000);
  const what = t(
    'Revision {0} of {1} is {2}: {3} wrote that {4} min ago and may still be at work.',
    revision,
    release,
    status,
    writtenBy,
    minutes,
  );
  if (abandoned)
    return [{ code: 'helm.abandoned', message: t('{0} You say that it is dead.', what), severity: 'warns' }];
  const wayOut = t('{0} Wait until it has ended, or end it and say so when you plan again.', what);
  return [{ code: 'helm.busy', message: wayOut, severity: 'blocks' }];
}
