import type { ApiKindName } from '../kubernetes/api-kinds.ts';

/** The kinds that remediations write to, and where each lives. */
export const targetKinds = {
  HorizontalPodAutoscaler: 'horizontalpodautoscalers',
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Ingress: 'ingresses',
} as const satisfies Readonly<Record<string, ApiKindName>>;
export type TargetKind = keyof typeof targetKinds;
