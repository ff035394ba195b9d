import type { ReleaseRevision } from '../../../domain/kubernetes/model.ts';
import { readReleasePayload } from '../helm/payload-head.ts';
import { type Message, blob, map, part } from '../protobuf.ts';
import { type Kind, defineKind } from './kind.ts';
import { millis, projectMeta, signedMeta } from './meta.ts';

const core = { group: '', version: 'v1' } as const;
const metadata = part(1, signedMeta);

/** Helm 3 and 4 store each revision as a core/v1 Secret; its labels say enough for a row, the payload is read later. */
export const releaserecords = recordsIn('secrets');

/** Helm's driver `configmap` uses the same labels. Source: helm.sh/helm pkg/storage/driver/cfgmaps.go. */
export const configmapreleases = recordsIn('configmaps');

/** With their payloads. Source of the statuses: helm.sh/helm/v3/pkg/release, status.go. */
export const troubledreleases = defineKind({
  ...core,
  resource: 'secrets',
  labelSelector: 'owner=helm,status notin (deployed,superseded,uninstalled)',
  fields: { metadata, data: map(2, blob) },
  project,
  complete: async ({ data }, object) => {
    const payload = data?.['release'];
    const bytes = typeof payload === 'string' ? Buffer.from(payload, 'base64') : payload;
    return { ...object, ...(await readReleasePayload(bytes)) };
  },
});

function recordsIn(resource: string): Kind<ReleaseRevision> {
  return defineKind({
    ...core,
    resource,
    labelSelector: 'owner=helm',
    metadataOnly: true,
    fields: { metadata },
    project,
  });
}

function project(raw: Message<{ readonly metadata: typeof metadata }>): ReleaseRevision {
  const meta = projectMeta(raw.metadata);
  return {
    ...meta,
    ...lastWriter(raw.metadata),
    release: meta.labels['name'] ?? '',
    revision: revisionOf(meta.labels['version']),
    status: meta.labels['status'] ?? 'unknown',
  };
}

/** 0, which no revision is, where the label was written by somebody else than Helm. */
function revisionOf(label: string | undefined): number {
  const revision = Number(label);
  return Number.isSafeInteger(revision) ? revision : 0;
}

function lastWriter(meta: Signed | undefined): Pick<ReleaseRevision, 'writtenBy' | 'writtenAt'> {
  const writes = (meta?.managedFields ?? []).map(({ manager = '', time }) => ({ manager, at: millis(time) ?? 0 }));
  const last = writes.sort((a, b) => b.at - a.at)[0];
  return last ? { writtenBy: last.manager, writtenAt: last.at } : {};
}
type Signed = ReturnType<typeof signedMeta>;
