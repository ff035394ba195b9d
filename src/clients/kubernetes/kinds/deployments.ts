import type { Deployment } from '../../../domain/kubernetes/model.ts';
import { flag, integer, list, message, part } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { annotatedMeta, conditionShape, labelSelector } from './meta.ts';
import { podTemplate } from './pod-spec.ts';
import { projectWorkload } from './workload.ts';

/** apps/v1 Deployment */
export const deployments = defineKind({
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  fields: {
    metadata: part(1, annotatedMeta),
    spec: part(
      2,
      message({
        replicas: integer(1),
        selector: part(2, labelSelector),
        template: part(3, podTemplate),
        paused: flag(7),
      }),
    ),
    status: part(
      3,
      message({
        observedGeneration: integer(1),
        updatedReplicas: integer(3),
        availableReplicas: integer(4),
        conditions: list(6, message(conditionShape({ changedAt: 7, reason: 4, message: 5 }))),
        readyReplicas: integer(7),
      }),
    ),
  },
  project: (raw): Deployment => ({
    ...projectWorkload(raw),
    wanted: raw.spec?.replicas ?? 1,
    ready: raw.status?.readyReplicas ?? 0,
    updated: raw.status?.updatedReplicas ?? 0,
    available: raw.status?.availableReplicas ?? 0,
    paused: raw.spec?.paused ?? false,
  }),
});
