import type { ReplicaSet } from '../../../domain/kubernetes/model.ts';
import { integer, message, part } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { annotatedMeta, labelSelector, projectMeta, projectSelector } from './meta.ts';
import { podTemplate, projectTemplate } from './pod-spec.ts';

/** apps/v1 ReplicaSet */
export const replicasets = defineKind({
  group: 'apps',
  version: 'v1',
  resource: 'replicasets',
  fields: {
    metadata: part(1, annotatedMeta),
    spec: part(2, message({ replicas: integer(1), selector: part(2, labelSelector), template: part(3, podTemplate) })),
    status: part(3, message({ readyReplicas: integer(4) })),
  },
  project: ({ metadata, spec, status }): ReplicaSet => {
    const revision = Number(metadata?.annotations?.['deployment.kubernetes.io/revision'] ?? NaN);
    return {
      ...projectMeta(metadata),
      selector: projectSelector(spec?.selector),
      wanted: spec?.replicas ?? 1,
      ready: status?.readyReplicas ?? 0,
      ...(Number.isSafeInteger(revision) && { revision }),
      template: projectTemplate(spec?.template?.spec),
    };
  },
});
