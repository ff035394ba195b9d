import { t } from '../../../core/l10n.ts';
import { objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import { jobHealth } from '../../../domain/kubernetes/health.ts';
import type { Job } from '../../../domain/kubernetes/model.ts';
import { isPodOf } from '../../../domain/kubernetes/revisions.ts';
import { controllerOf } from '../../../domain/kubernetes/workload-of.ts';
import { ago, duration, fullTime } from '../../../ui/time.ts';
import type { Branch, Fact, TreeNode } from '../../../ui/tree/model.ts';
import { filterOf } from '../look/filter.ts';
import type { Opening } from '../opening.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { healthIcons } from '../rows/icons.ts';
import { podsBranch } from './pods.ts';
import { workloadsBranch } from './workloads.ts';

/** Jobs that no CronJob folds away. */
export function jobsBranch(ports: ClustersPorts, place: Place): Branch {
  return workloadsBranch(ports, place, {
    kind: 'jobs',
    empty: t('There are no jobs in {0}.', place.namespace),
    isMeant: (job) => controllerOf(job)?.kind !== 'CronJob',
    health: jobHealth,
    node: (opening) => (job) => jobNode(job, { ports, place, opening }, [t('Job')]),
  });
}

export function jobNode(
  job: Job,
  { ports, place, opening }: { ports: ClustersPorts; place: Place; opening: Opening },
  remarks: readonly string[] = [],
): TreeNode {
  const { inside } = opening;
  return {
    key: job.uid,
    row: () => ({
      label: job.name,
      description: [...remarks, ...progress(job), when(job, inside.now())].join(' · '),
      icon: healthIcons[jobHealth(job)],
      context: 'job',
    }),
    subject: { object: objectRef(inside.ref, 'jobs', job), copyText: job.name },
    branch: podsBranch(ports, place, {
      isMeant: (pod) => isPodOf(job, pod),
      isAskedFor: () => filterOf(ports.looks.look).isAbout(job),
      empty: t('Its pods are gone.'),
    }),
    tooltip: withEvents(inside, 'jobs', job, () => ({
      title: job.name,
      facts: factsOf(job),
      text: job.conditions.filter(({ message }) => message).map(({ type, message }) => `${type}: ${message}`),
    })),
  };
}

/** "2/3 completed", "1 active", "1 failed". */
function progress({ completions, succeeded, active, failed, suspended }: Job): readonly string[] {
  return [
    ...(suspended ? [t('suspended')] : []),
    completions === undefined ? t('{0} completed', succeeded) : t('{0}/{1} completed', succeeded, completions),
    ...(active > 0 ? [t('{0} active', active)] : []),
    ...(failed > 0 ? [t('{0} failed', failed)] : []),
  ];
}

function when({ completedAt, startedAt, createdAt }: Job, now: number): string {
  if (completedAt === undefined) return duration(now - createdAt);
  const span = startedAt === undefined ? '' : ` (${t('took {0}', duration(completedAt - startedAt))})`;
  return `${ago(completedAt, now)}${span}`;
}

function factsOf({ startedAt, completedAt, createdAt }: Job): readonly Fact[] {
  return [
    [t('Created'), fullTime(createdAt)],
    ...(startedAt === undefined ? [] : [[t('Started'), fullTime(startedAt)] as const]),
    ...(completedAt === undefined ? [] : [[t('Completed'), fullTime(completedAt)] as const]),
  ];
}
