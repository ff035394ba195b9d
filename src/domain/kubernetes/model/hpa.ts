import type { Condition, KubeObject } from './object.ts';

/** autoscaling/v2 HorizontalPodAutoscaler. */
export interface Hpa extends KubeObject {
  readonly annotations: Readonly<Record<string, string>>;
  readonly target: { readonly kind: string; readonly name: string };
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  readonly metrics: readonly HpaMetric[];
  readonly conditions: readonly Condition[];
  readonly lastScaleAt?: number;
}

/** One metric spec joined with its current value. Values are of the metric's own unit; percent for utilization. */
export interface HpaMetric {
  /** Resource, ContainerResource, Pods, Object or External. */
  readonly type: string;
  readonly name: string;
  readonly targetKind: 'Utilization' | 'AverageValue' | 'Value';
  readonly target: number;
  readonly current?: number;
}
