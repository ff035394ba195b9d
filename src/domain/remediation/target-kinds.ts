import { type ApiKind, apiKinds } from '../kubernetes/api-kinds.ts';
import type { Kind } from '../kubernetes/kind-map.ts';

/**
 * The kinds that remediations write to, and the watch that tells of their changes. A Helm release is no object of the API:
 * it is told of by the records of its revisions.
 */
export const targetKinds = {
  HorizontalPodAutoscaler: 'horizontalpodautoscalers',
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Ingress: 'ingresses',
  Release: 'releaserecords',
} as const satisfies Readonly<Record<string, Kind>>;
export type TargetKind = keyof typeof targetKinds;

/** The UID by which the watch knows the target; undefined: other objects tell of it. */
export function watchedUid({ kind, uid }: { readonly kind: TargetKind; readonly uid: string }): string | undefined {
  return kind === 'Release' ? undefined : uid;
}

/** Where objects of the kind are. @throws TypeError for what is no object of the API */
export function apiKindOf(kind: TargetKind): ApiKind {
  const watched = targetKinds[kind];
  if (watched === 'releaserecords') throw new TypeError(`${kind} is no object of the API`);
  return apiKinds[watched];
}
