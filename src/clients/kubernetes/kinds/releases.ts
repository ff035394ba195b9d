import type { ReleaseRevision } from '../../../domain/kubernetes/model.ts';
import { readReleasePayload } from '../helm-payload.ts';
import { blob, map, part } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { objectMeta, projectMeta } from './meta.ts';

/** Helm 3 and 4 store each revision as a core/v1 Secret; its labels say enough for a row, the payload is read later. */
export const releases = defineKind({
  group: '',
  version: 'v1',
  resource: 'secrets',
  labelSelector: 'owner=helm',
  fields: { metadata: part(1, objectMeta), data: map(2, blob) },
  project: ({ metadata }): ReleaseRevision => {
    const meta = projectMeta(metadata);
    return {
      ...meta,
      release: meta.labels['name'] ?? '',
      revision: Number(meta.labels['version'] ?? 0),
      status: meta.labels['status'] ?? 'unknown',
    };
  },
  complete: async ({ data }, object) => {
    const payload = data?.['release'];
    const bytes = typeof payload === 'string' ? Buffer.from(payload, 'base64') : payload;
    return { ...object, ...(await readReleasePayload(bytes)) };
  },
});
