import type { StatefulSet } from '../../../domain/kubernetes/model.ts';
import { integer, list, message, part } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { annotatedMeta, conditionShape, labelSelector } from './meta.ts';
import { podTemplate } from './pod-spec.ts';
import { projectWorkload } from './workload.ts';

/** apps/v1 StatefulSet */
export const statefulsets = defineKind({
  group: 'apps',
  version: 'v1',
  resource: 'statefulsets',
  fields: {
    metadata: part(1, annotatedMeta),
    spec: part(2, message({ replicas: integer(1), selector: part(2, labelSelector), template: part(3, podTemplate) })),
    status: part(
      3,
      message({
        observedGeneration: integer(1),
        readyReplicas: integer(3),
        updatedReplicas: integer(5),
        conditions: list(10, message(conditionShape({ changedAt: 3, reason: 4, message: 5 }))),
        availableReplicas: integer(11),
      }),
    ),
  },
  project: (raw): StatefulSet => ({
    ...projectWorkload(raw),
    wanted: raw.spec?.replicas ?? 1,
    ready: raw.status?.readyReplicas ?? 0,
    updated: raw.status?.updatedReplicas ?? 0,
    available: raw.status?.availableReplicas ?? 0,
  }),
});
