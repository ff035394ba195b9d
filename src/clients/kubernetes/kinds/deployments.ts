import type { Deployment } from '../../../domain/kubernetes/model.ts';
import { flag, integer, list, message, part } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import {
  annotatedMeta,
  conditionShape,
  labelSelector,
  projectConditions,
  projectMeta,
  projectSelector,
} from './meta.ts';
import { podTemplate, projectTemplate } from './pod-spec.ts';

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
  project: ({ metadata, spec, status }): Deployment => ({
    ...projectMeta(metadata),
    annotations: metadata?.annotations ?? {},
    selector: projectSelector(spec?.selector),
    wanted: spec?.replicas ?? 1,
    ready: status?.readyReplicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    paused: spec?.paused ?? false,
    generation: metadata?.generation ?? 0,
    observedGeneration: status?.observedGeneration ?? 0,
    conditions: projectConditions(status?.conditions),
    template: projectTemplate(spec?.template?.spec),
  }),
});
