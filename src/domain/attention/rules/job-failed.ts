import { t } from '../../../core/l10n.ts';
import { failureOf } from '../../kubernetes/health.ts';
import type { Job } from '../../kubernetes/model.ts';
import type { Rule, Surroundings } from '../model.ts';

export const jobFailed: Rule<Job> = {
  id: 'jobFailed',
  severity: 'warning',
  source: 'kubernetes.io, "Jobs": job termination and cleanup; k8s.io/api batch/v1: JobReason…',
  check(job, around) {
    const condition = failureOf(job);
    if (!condition) return undefined;
    const at = condition.changedAt ?? job.createdAt;
    if (hasSucceededSince(job, at, around)) return undefined;
    const why = reasonInWords(condition.reason, job.failed);
    return {
      cause: condition.reason,
      lastAt: at,
      sentence: ({ name, count }) =>
        count === 1 ? t('Job {0} failed: {1}', name, why) : t('{0} jobs of {1} failed: {2}', count, name, why),
      detail: () => [condition.message].filter((text) => text !== ''),
    };
  },
};

/** A later run of its cron job was well: what failed is history. */
function hasSucceededSince({ owners }: Job, at: number, around: Surroundings): boolean {
  return owners.some(({ uid, kind }) => kind === 'CronJob' && (around.cronJob(uid)?.lastSucceededAt ?? 0) > at);
}

function reasonInWords(reason: string, failed: number): string {
  switch (reason) {
    case 'BackoffLimitExceeded':
      return failed === 1 ? t('its pod failed') : t('its pods failed {0} times', failed);
    case 'DeadlineExceeded':
      return t('it took longer than it may (activeDeadlineSeconds)');
    case 'PodFailurePolicy':
      return t('a pod failed in a way that its failure policy gives up on');
    case 'FailedIndexes':
    case 'MaxFailedIndexesExceeded':
      return t('some of its indexes failed');
    default:
      return reason;
  }
}
