import type { CronJob } from '../../../domain/kubernetes/model.ts';
import { flag, list, message, part, text } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { millis, objectMeta, projectMeta, time } from './meta.ts';

/** batch/v1 CronJob */
export const cronjobs = defineKind({
  group: 'batch',
  version: 'v1',
  resource: 'cronjobs',
  fields: {
    metadata: part(1, objectMeta),
    spec: part(2, message({ schedule: text(1), suspend: flag(4), timeZone: text(8) })),
    status: part(3, message({ active: list(1, message({})), lastScheduleTime: time(4), lastSuccessfulTime: time(5) })),
  },
  project: ({ metadata, spec = {}, status = {} }): CronJob => {
    const lastScheduledAt = millis(status.lastScheduleTime);
    const lastSucceededAt = millis(status.lastSuccessfulTime);
    return {
      ...projectMeta(metadata),
      schedule: spec.schedule ?? '',
      timeZone: spec.timeZone ?? '',
      suspended: spec.suspend ?? false,
      active: status.active?.length ?? 0,
      ...(lastScheduledAt !== undefined && { lastScheduledAt }),
      ...(lastSucceededAt !== undefined && { lastSucceededAt }),
    };
  },
});
