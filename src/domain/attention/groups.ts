import type { KubeObject, ReleaseRevision } from '../kubernetes/model.ts';
import { controllerOf, workloadOf } from '../kubernetes/workload-of.ts';
import type { AttentionKind } from './model.ts';

/** What is told together: a workload with its pods, a cron job with its jobs; anything else is alone. */
export interface GroupName {
  readonly key: string;
  readonly name: string;
}

export function groupOf(kind: AttentionKind, object: KubeObject): GroupName {
  const { namespace } = object;
  const { kind: of, name } = memberOf(kind, object);
  return { key: `${namespace}/${of}/${name}`, name };
}

function memberOf(kind: AttentionKind, object: KubeObject): { readonly kind: string; readonly name: string } {
  switch (kind) {
    case 'pods':
      return workloadOf(object) ?? { kind: 'Pod', name: object.name };
    case 'jobs':
      return controllerOf(object) ?? { kind: 'Job', name: object.name };
    case 'deployments':
      return { kind: 'Deployment', name: object.name };
    case 'statefulsets':
      return { kind: 'StatefulSet', name: object.name };
    case 'daemonsets':
      return { kind: 'DaemonSet', name: object.name };
    case 'cronjobs':
      return { kind: 'CronJob', name: object.name };
    case 'troubledreleases':
    case 'releaserecords':
      return { kind: 'Release', name: (object as ReleaseRevision).release };
    default:
      return { kind, name: object.name };
  }
}
