import type { DaemonSet } from '../../../domain/kubernetes/model.ts';
import { integer, list, message, part } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { annotatedMeta, conditionShape, labelSelector } from './meta.ts';
import { podTemplate } from './pod-spec.ts';
import { projectWorkload } from './workload.ts';

/** apps/v1 DaemonSet */
export const daemonsets = defineKind({
  group: 'apps',
  version: 'v1',
  resource: 'daemonsets',
  fields: {
    metadata: part(1, annotatedMeta),
    spec: part(2, message({ selector: part(1, labelSelector), template: part(2, podTemplate) })),
    status: part(
      3,
      message({
        desiredNumberScheduled: integer(3),
        numberReady: integer(4),
        observedGeneration: integer(5),
        updatedNumberScheduled: integer(6),
        numberAvailable: integer(7),
        conditions: list(10, message(conditionShape({ changedAt: 3, reason: 4, message: 5 }))),
      }),
    ),
  },
  project: (raw): DaemonSet => ({
    ...projectWorkload(raw),
    wanted: raw.status?.desiredNumberScheduled ?? 0,
    ready: raw.status?.numberReady ?? 0,
    updated: raw.status?.updatedNumberScheduled ?? 0,
    available: raw.status?.numberAvailable ?? 0,
  }),
});
