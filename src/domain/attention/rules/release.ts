import { t } from '../../../core/l10n.ts';
import { type Rescue, isUnfinished, operationMs, rescueInWords, rescueOf } from '../../helm/rescue.ts';
import type { ReleaseRevision } from '../../kubernetes/model.ts';
import type { Rule, Surroundings } from '../model.ts';

export const releaseFailed: Rule<ReleaseRevision> = {
  id: 'releaseFailed',
  severity: 'error',
  source: 'helm.sh/helm/v3/pkg/release, status.go',
  check(revision, around) {
    const rescue = revision.status === 'failed' ? rescueAround(revision, around) : undefined;
    if (!rescue) return undefined;
    const { release, description = '', updatedAt, createdAt } = revision;
    return {
      cause: '',
      since: updatedAt ?? createdAt,
      sentence: () =>
        description === ''
          ? t('Helm release {0} failed (revision {1})', release, revision.revision)
          : t('Helm release {0} failed (revision {1}): {2}', release, revision.revision, description),
      detail: () => rescueInWords(rescue, rescue.since),
    };
  },
};

export const releaseStuck: Rule<ReleaseRevision> = {
  id: 'releaseStuck',
  severity: 'error',
  source: 'helm.sh/helm/v3/pkg/release, status.go; helm upgrade --timeout (5m0s)',
  check(revision, around) {
    const rescue = isUnfinished(revision) ? rescueAround(revision, around) : undefined;
    if (!rescue) return undefined;
    const from = rescue.since + operationMs;
    return {
      cause: revision.status,
      since: rescue.since,
      from,
      sentence: () => stuckInWords(revision),
      detail: () => [...rescueInWords(rescue, from), ...[revision.description ?? ''].filter((text) => text !== '')],
    };
  },
};

/** Undefined where it is not the release's newest revision, or that is not known. */
function rescueAround(revision: ReleaseRevision, around: Surroundings): Rescue | undefined {
  const others = around.history(revision).filter((one) => one.revision !== revision.revision);
  const isKnown = others.length < around.history(revision).length;
  const rescue = isKnown ? rescueOf([revision, ...others]) : undefined;
  return rescue?.newest === revision ? rescue : undefined;
}

function stuckInWords({ status, release, revision }: ReleaseRevision): string {
  switch (status) {
    case 'pending-install':
      return t('Helm release {0} is stuck in its installation', release);
    case 'pending-upgrade':
      return t('Helm release {0} is stuck in its upgrade to revision {1}', release, revision);
    case 'pending-rollback':
      return t('Helm release {0} is stuck in its rollback (revision {1})', release, revision);
    default:
      return t('Helm release {0} is stuck in its removal', release);
  }
}
