import type { Service } from '../../../domain/kubernetes/model.ts';
import { integer, list, map, message, part, text } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { each, intOrString, noRecord, objectMeta, projectMeta } from './meta.ts';

/** core/v1 Service */
export const services = defineKind({
  group: '',
  version: 'v1',
  resource: 'services',
  fields: {
    metadata: part(1, objectMeta),
    spec: part(
      2,
      message({
        ports: list(1, message({ name: text(1), protocol: text(2), port: integer(3), targetPort: intOrString(4) })),
        selector: map(2, text),
        clusterIP: text(3),
        type: text(4),
      }),
    ),
  },
  project: ({ metadata, spec = {} }): Service => ({
    ...projectMeta(metadata),
    type: spec.type ?? '',
    selector: spec.selector ?? noRecord,
    clusterIP: spec.clusterIP ?? '',
    ports: each(spec.ports, ({ name = '', port = 0, targetPort = '', protocol = '' }) => ({
      name,
      port,
      targetPort: String(targetPort),
      protocol,
    })),
  }),
});
