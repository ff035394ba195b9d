import type { PersistentVolumeClaim } from '../../../domain/kubernetes/model.ts';
import { memoryOf } from '../../../domain/kubernetes/quantity.ts';
import { map, message, part, text, texts } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { none, objectMeta, projectMeta, quantity } from './meta.ts';

/** core/v1 PersistentVolumeClaim */
export const persistentvolumeclaims = defineKind({
  group: '',
  version: 'v1',
  resource: 'persistentvolumeclaims',
  fields: {
    metadata: part(1, objectMeta),
    spec: part(
      2,
      message({
        accessModes: texts(1),
        resources: part(2, message({ requests: map(2, quantity) })),
        volumeName: text(3),
        storageClassName: text(5),
      }),
    ),
    status: part(3, message({ phase: text(1), capacity: map(3, quantity) })),
  },
  project: ({ metadata, spec = {}, status = {} }): PersistentVolumeClaim => {
    const capacity = memoryOf(status.capacity?.['storage']);
    return {
      ...projectMeta(metadata),
      phase: status.phase ?? '',
      storageClass: spec.storageClassName ?? '',
      volume: spec.volumeName ?? '',
      requested: memoryOf(spec.resources?.requests?.['storage']) ?? 0,
      ...(capacity !== undefined && { capacity }),
      accessModes: spec.accessModes ?? none,
    };
  },
});
