import type { Namespace } from '../../../domain/kubernetes/model.ts';
import { message, part, text } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { objectMeta, projectMeta } from './meta.ts';

/** core/v1 Namespace */
export const namespaces = defineKind({
  group: '',
  version: 'v1',
  resource: 'namespaces',
  fields: { metadata: part(1, objectMeta), status: part(3, message({ phase: text(1) })) },
  project: (raw): Namespace => ({ ...projectMeta(raw.metadata), phase: raw.status?.phase ?? '' }),
});
