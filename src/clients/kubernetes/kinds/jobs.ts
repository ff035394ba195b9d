import type { Job } from '../../../domain/kubernetes/model.ts';
import { flag, integer, list, message, part } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import {
  conditionShape,
  labelSelector,
  millis,
  objectMeta,
  projectConditions,
  projectMeta,
  projectSelector,
  time,
} from './meta.ts';

/** batch/v1 Job */
export const jobs = defineKind({
  group: 'batch',
  version: 'v1',
  resource: 'jobs',
  fields: {
    metadata: part(1, objectMeta),
    spec: part(2, message({ completions: integer(2), selector: part(4, labelSelector), suspend: flag(10) })),
    status: part(
      3,
      message({
        conditions: list(1, message(conditionShape({ changedAt: 4, reason: 5, message: 6 }))),
        startTime: time(2),
        completionTime: time(3),
        active: integer(4),
        succeeded: integer(5),
        failed: integer(6),
      }),
    ),
  },
  project: ({ metadata, spec = {}, status = {} }): Job => {
    const startedAt = millis(status.startTime);
    const completedAt = millis(status.completionTime);
    return {
      ...projectMeta(metadata),
      selector: projectSelector(spec.selector),
      ...(spec.completions !== undefined && { completions: spec.completions }),
      active: status.active ?? 0,
      succeeded: status.succeeded ?? 0,
      failed: status.failed ?? 0,
      suspended: spec.suspend ?? false,
      ...(startedAt !== undefined && { startedAt }),
      ...(completedAt !== undefined && { completedAt }),
      conditions: projectConditions(status.conditions),
    };
  },
});
