import type { TargetKind } from '../../domain/remediation/target.ts';

/** Where the kinds that remediations write to live. A release is no object of its own: Helm's routes write it. */
export const places: Readonly<
  Record<
    Exclude<TargetKind, 'Release'>,
    { readonly group: string; readonly version: string; readonly resource: string }
  >
> = {
  HorizontalPodAutoscaler: { group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers' },
  Deployment: { group: 'apps', version: 'v1', resource: 'deployments' },
  Ingress: { group: 'networking.k8s.io', version: 'v1', resource: 'ingresses' },
};

/** The name under which our writes stand in managedFields. */
export const fieldManager = 'jarvis';
