import { type ApiKind, apiKinds } from '../../domain/kubernetes/api-kinds.ts';
import type { TargetKind } from '../../domain/remediation/target.ts';

/** Where the kinds that remediations write to live. A release is no object of its own: Helm's routes write it. */
export const places: Readonly<Record<Exclude<TargetKind, 'Release'>, ApiKind>> = {
  HorizontalPodAutoscaler: apiKinds.horizontalpodautoscalers,
  Deployment: apiKinds.deployments,
  Ingress: apiKinds.ingresses,
};

/** The name under which our writes stand in managedFields. */
export const fieldManager = 'jarvis';
