import { t } from '../../../core/l10n.ts';
import { objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import type { Health } from '../../../domain/kubernetes/health.ts';
import type { CronJob, Job } from '../../../domain/kubernetes/model.ts';
import { controllerOf } from '../../../domain/kubernetes/workload-of.ts';
import { ago, duration, fullTime } from '../../../ui/time.ts';
import type { Branch, Fact, TreeNode } from '../../../ui/tree/model.ts';
import { perObject } from '../../../ui/tree/per-object.ts';
import { mapLoadable } from '../../../core/loadable.ts';
import { type Opening, openedBranch } from '../opening.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { healthIcons } from '../rows/icons.ts';
import { jobNode } from './jobs.ts';
import { workloadsBranch } from './workloads.ts';

export function cronJobsBranch(ports: ClustersPorts, place: Place): Branch {
  return workloadsBranch(ports, place, {
    kind: 'cronjobs',
    empty: t('There are no cron jobs in {0}.', place.namespace),
    health: healthOf,
    node: (opening) => (cronJob) => cronJobNode(cronJob, { ports, place, opening }),
  });
}

function healthOf({ suspended, active }: CronJob): Health {
  if (suspended) return 'idle';
  return active > 0 ? 'busy' : 'good';
}

function cronJobNode(
  cronJob: CronJob,
  { ports, place, opening }: { ports: ClustersPorts; place: Place; opening: Opening },
): TreeNode {
  const { inside } = opening;
  return {
    key: cronJob.uid,
    row: () => ({
      label: cronJob.name,
      description: ['CronJob', ...inWords(cronJob, inside.now())].join(' · '),
      icon: healthOf(cronJob) === 'good' ? { id: 'watch' } : healthIcons[healthOf(cronJob)],
      context: 'cronjob',
    }),
    subject: { object: objectRef(inside.ref, 'cronjobs', cronJob), copyText: cronJob.name },
    branch: jobsOf(cronJob, ports, place),
    tooltip: withEvents(inside, 'cronjobs', cronJob, () => ({ title: cronJob.name, facts: factsOf(cronJob) })),
  };
}

/** The schedule, then what happened last. */
function inWords(cronJob: CronJob, now: number): readonly string[] {
  const { schedule, suspended, active, lastScheduledAt, createdAt } = cronJob;
  return [
    ...(suspended ? [t('suspended')] : []),
    schedule,
    ...(active > 0 ? [t('{0} active', active)] : []),
    lastScheduledAt === undefined ? t('never ran') : t('last {0}', ago(lastScheduledAt, now)),
    duration(now - createdAt),
  ];
}

/** Its jobs, the newest first. */
function jobsOf({ uid, name }: CronJob, ports: ClustersPorts, place: Place): Branch {
  return openedBranch(
    ports,
    place.ref,
    t('{0} has no jobs: none ran yet, or they were cleaned up.', name),
    (opening) => {
      const jobs = opening.watch('jobs', place.namespace);
      const nodeOf = perObject((job: Job) => jobNode(job, { ports, place, opening }));
      return () =>
        mapLoadable(jobs.objects, (all) =>
          [...all.values()]
            .filter((job) => controllerOf(job)?.uid === uid)
            .sort((a, b) => b.createdAt - a.createdAt)
            .map(nodeOf),
        );
    },
  );
}

function factsOf({ schedule, timeZone, lastScheduledAt, lastSucceededAt }: CronJob): readonly Fact[] {
  return [
    [t('Schedule'), schedule],
    [t('Time zone'), timeZone || t("the controller manager's own")],
    ...(lastScheduledAt === undefined ? [] : [[t('Last scheduled'), fullTime(lastScheduledAt)] as const]),
    ...(lastSucceededAt === undefined ? [] : [[t('Last succeeded'), fullTime(lastSucceededAt)] as const]),
  ];
}
