import { t } from '../../../core/l10n.ts';
import type { ReleaseRevision } from '../../kubernetes/model.ts';
import { type Rule, minute } from '../model.ts';

/** Helm's own --timeout; an operation that goes on for longer waits for something, or its Helm is dead. */
const operationMs = 5 * minute;

export const releaseFailed: Rule<ReleaseRevision> = {
  id: 'releaseFailed',
  severity: 'error',
  source: 'helm.sh/helm/v3/pkg/release, status.go',
  check(revision, around) {
    if (revision.status !== 'failed' || around.newestRevision(revision) !== revision.revision) return undefined;
    const { release, description = '', updatedAt, createdAt } = revision;
    return {
      cause: '',
      since: updatedAt ?? createdAt,
      sentence: () =>
        description === ''
          ? t('Helm release {0} failed (revision {1})', release, revision.revision)
          : t('Helm release {0} failed (revision {1}): {2}', release, revision.revision, description),
      detail: () => [t('What it applied before it failed stays in the cluster. Upgrade again, or roll it back.')],
    };
  },
};

export const releaseStuck: Rule<ReleaseRevision> = {
  id: 'releaseStuck',
  severity: 'error',
  source: 'helm.sh/helm/v3/pkg/release, status.go; helm upgrade --timeout (5m0s)',
  check(revision, around) {
    if (around.newestRevision(revision) !== revision.revision) return undefined;
    const sentence = stuckInWords(revision);
    if (sentence === undefined) return undefined;
    // the payload's time may still be that of the first deployment, but each revision is a Secret of its own
    const since = Math.max(revision.updatedAt ?? 0, revision.createdAt);
    return {
      cause: revision.status,
      since,
      from: since + operationMs,
      sentence: () => sentence,
      detail: () => [
        t(
          'Helm refuses other operations on the release meanwhile. If no Helm is at work on it, roll it back to the last good revision.',
        ),
        ...[revision.description ?? ''].filter((text) => text !== ''),
      ],
    };
  },
};

function stuckInWords({ status, release, revision }: ReleaseRevision): string | undefined {
  switch (status) {
    case 'pending-install':
      return t('Helm release {0} is stuck in its installation', release);
    case 'pending-upgrade':
      return t('Helm release {0} is stuck in its upgrade to revision {1}', release, revision);
    case 'pending-rollback':
      return t('Helm release {0} is stuck in its rollback (revision {1})', release, revision);
    case 'uninstalling':
      return t('Helm release {0} is stuck in its removal', release);
    default:
      return undefined;
  }
}
