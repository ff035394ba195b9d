import type { Warning } from '../../../domain/kubernetes/model.ts';
import { type Message, integer, message, part, text } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { microTime, millis, objectMeta, projectMeta, time } from './meta.ts';

/**
 * core/v1 Event. Its times and count are where the reporter's API put them.
 * Source: printEvent in k8s.io/kubernetes pkg/printers/internalversion/printers.go.
 */
export const eventFields = {
  metadata: part(1, objectMeta),
  involvedObject: part(2, message({ kind: text(1), namespace: text(2), name: text(3), uid: text(4) })),
  reason: text(3),
  message: text(4),
  firstTimestamp: time(6),
  lastTimestamp: time(7),
  count: integer(8),
  eventTime: microTime(10),
  series: part(11, message({ count: integer(1), lastObservedTime: microTime(2) })),
};

export function projectEvent(raw: Message<typeof eventFields>): Warning {
  const meta = projectMeta(raw.metadata);
  const { kind = '', namespace = '', name = '', uid = '' } = raw.involvedObject ?? {};
  const firstAt = millis(raw.firstTimestamp) ?? millis(raw.eventTime) ?? meta.createdAt;
  return {
    ...meta,
    about: { kind, namespace, name, uid },
    reason: raw.reason ?? '',
    message: raw.message ?? '',
    count: Math.max(1, raw.series?.count ?? raw.count ?? 0),
    firstAt,
    lastAt: millis(raw.series?.lastObservedTime) ?? millis(raw.lastTimestamp) ?? firstAt,
  };
}

/** core/v1 Event of type Warning. */
export const warnings = defineKind({
  group: '',
  version: 'v1',
  resource: 'events',
  fieldSelector: 'type=Warning',
  fields: eventFields,
  project: projectEvent,
});
