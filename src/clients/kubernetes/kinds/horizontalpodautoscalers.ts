import type { Hpa } from '../../../domain/kubernetes/model.ts';
import { integer, list, message, part, text } from '../protobuf.ts';
import { hpaMetricSpec, hpaMetricStatus, projectMetrics } from './hpa-metrics.ts';
import { defineKind } from './kind.ts';
import { annotatedMeta, conditionShape, millis, projectConditions, projectMeta, time } from './meta.ts';

/** autoscaling/v2 HorizontalPodAutoscaler */
export const horizontalpodautoscalers = defineKind({
  group: 'autoscaling',
  version: 'v2',
  resource: 'horizontalpodautoscalers',
  fields: {
    metadata: part(1, annotatedMeta),
    spec: part(
      2,
      message({
        scaleTargetRef: part(1, message({ kind: text(1), name: text(2) })),
        minReplicas: integer(2),
        maxReplicas: integer(3),
        metrics: list(4, hpaMetricSpec),
      }),
    ),
    status: part(
      3,
      message({
        lastScaleTime: time(2),
        currentReplicas: integer(3),
        desiredReplicas: integer(4),
        currentMetrics: list(5, hpaMetricStatus),
        conditions: list(6, message(conditionShape({ changedAt: 3, reason: 4, message: 5 }))),
      }),
    ),
  },
  project: ({ metadata, spec = {}, status = {} }): Hpa => {
    const lastScaleAt = millis(status.lastScaleTime);
    return {
      ...projectMeta(metadata),
      annotations: metadata?.annotations ?? {},
      target: { kind: spec.scaleTargetRef?.kind ?? '', name: spec.scaleTargetRef?.name ?? '' },
      minReplicas: spec.minReplicas ?? 1,
      maxReplicas: spec.maxReplicas ?? 0,
      currentReplicas: status.currentReplicas ?? 0,
      desiredReplicas: status.desiredReplicas ?? 0,
      metrics: projectMetrics(spec.metrics, status.currentMetrics),
      conditions: projectConditions(status.conditions),
      ...(lastScaleAt !== undefined && { lastScaleAt }),
    };
  },
});
