import { t } from '../../../core/l10n.ts';
import { controllerOf } from '../../../domain/kubernetes/workload-of.ts';

import type { Branch } from '../../../ui/tree/model.ts';
import { gatheredBranch } from '../look/gathered.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { belongs } from '../watched.ts';
import { cronJobsBranch } from './cron-jobs.ts';
import { deploymentsBranch } from './deployments.ts';
import { jobsBranch } from './jobs.ts';
import { podsBranch } from './pods.ts';
import { replicaSetsBranch } from './replica-sets.ts';
import { daemonSetsBranch, statefulSetsBranch } from './sets.ts';

/** All that runs in a place, one list: what has pods of its own, by kind, and at the end pods that nothing keeps. */
export function allWorkloadsBranch(ports: ClustersPorts, place: Place): Branch {
  const parts = [
    deploymentsBranch,
    statefulSetsBranch,
    daemonSetsBranch,
    replicaSetsBranch,
    cronJobsBranch,
    jobsBranch,
  ];
  return gatheredBranch(
    [...parts.map((branch) => branch(ports, place)), barePods(ports, place)],
    t('There are no workloads in {0}.', place.namespace),
  );
}

const folding = new Set(['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job']);

function barePods(ports: ClustersPorts, place: Place): Branch {
  return podsBranch(ports, place, {
    isMeant: (pod) => !folding.has(controllerOf(pod)?.kind ?? '') && belongs(place, pod),
    empty: '',
  });
}
