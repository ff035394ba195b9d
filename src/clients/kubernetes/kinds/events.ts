import type { ObjectEvent } from '../../../domain/kubernetes/reader.ts';
import { message, part, text } from '../protobuf.ts';
import { type Kind, defineKind } from './kind.ts';
import { eventFields, projectEvent } from './warnings.ts';

/** core/v1 Event of any type. */
export function eventsWhere(fieldSelector: string | undefined): Kind<ObjectEvent> {
  return defineKind({
    group: '',
    version: 'v1',
    resource: 'events',
    ...(fieldSelector !== undefined && { fieldSelector }),
    fields: {
      ...eventFields,
      source: part(5, message({ component: text(1) })),
      type: text(9),
      reportingComponent: text(14),
    },
    project: (raw): ObjectEvent => ({
      ...projectEvent(raw),
      type: raw.type === 'Warning' ? 'Warning' : 'Normal',
      // the old API fills the one, the new one the other
      source: [raw.source?.component, raw.reportingComponent].find(Boolean) ?? '',
    }),
  });
}
