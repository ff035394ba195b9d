import type { PodDisruptionBudget } from '../../../domain/kubernetes/model.ts';
import { integer, message, part } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { labelSelector, objectMeta, projectMeta, projectSelector } from './meta.ts';

/** policy/v1 PodDisruptionBudget */
export const poddisruptionbudgets = defineKind({
  group: 'policy',
  version: 'v1',
  resource: 'poddisruptionbudgets',
  fields: {
    metadata: part(1, objectMeta),
    spec: part(2, message({ selector: part(2, labelSelector) })),
    status: part(3, message({ disruptionsAllowed: integer(3) })),
  },
  project: ({ metadata, spec, status }): PodDisruptionBudget => ({
    ...projectMeta(metadata),
    ...(spec?.selector && { selector: projectSelector(spec.selector) }),
    disruptionsAllowed: status?.disruptionsAllowed ?? 0,
  }),
});
