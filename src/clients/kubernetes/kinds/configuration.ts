import type { Configuration } from '../../../domain/kubernetes/model.ts';
import { part } from '../protobuf.ts';
import { type Kind, defineKind } from './kind.ts';
import { managedMeta, millis, projectMeta } from './meta.ts';

/** core/v1 ConfigMap */
export const configmaps = metadataOf('configmaps');

/** core/v1 Secret, but for Helm's, which {@link releases} reads. */
export const secrets = metadataOf('secrets', 'type!=helm.sh/release.v1');

/** meta/v1 PartialObjectMetadata: no value is ever asked for. */
function metadataOf(resource: string, fieldSelector?: string): Kind<Configuration> {
  return defineKind({
    group: '',
    version: 'v1',
    resource,
    ...(fieldSelector !== undefined && { fieldSelector }),
    metadataOnly: true,
    fields: { metadata: part(1, managedMeta) },
    project: ({ metadata }): Configuration => {
      const meta = projectMeta(metadata);
      const times = (metadata?.managedFields ?? []).map(({ time }) => millis(time) ?? 0);
      return { ...meta, changedAt: Math.max(meta.createdAt, ...times) };
    },
  });
}
