import type { Node } from '../../../domain/kubernetes/model.ts';
import { cpuOf, memoryOf, parseQuantity } from '../../../domain/kubernetes/quantity.ts';
import { flag, list, map, message, part, text } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { conditionShape, each, objectMeta, projectConditions, projectMeta, quantity } from './meta.ts';

/** core/v1 Node */
export const nodes = defineKind({
  group: '',
  version: 'v1',
  resource: 'nodes',
  fields: {
    metadata: part(1, objectMeta),
    spec: part(
      2,
      message({
        unschedulable: flag(4),
        taints: list(5, message({ key: text(1), value: text(2), effect: text(3) })),
      }),
    ),
    status: part(
      3,
      message({
        allocatable: map(2, quantity),
        conditions: list(4, message(conditionShape({ changedAt: 4, reason: 5, message: 6 }))),
        nodeInfo: part(7, message({ kubeletVersion: text(7) })),
      }),
    ),
  },
  project: ({ metadata, spec, status }): Node => ({
    ...projectMeta(metadata),
    unschedulable: spec?.unschedulable ?? false,
    zone: metadata?.labels?.['topology.kubernetes.io/zone'] ?? '',
    instanceType: metadata?.labels?.['node.kubernetes.io/instance-type'] ?? '',
    kubeletVersion: status?.nodeInfo?.kubeletVersion ?? '',
    taints: each(spec?.taints, ({ key = '', value = '', effect = '' }) => ({ key, value, effect })),
    allocatable: {
      cpu: cpuOf(status?.allocatable?.['cpu']) ?? 0,
      memory: memoryOf(status?.allocatable?.['memory']) ?? 0,
      pods: parseQuantity(status?.allocatable?.['pods']) ?? 0,
    },
    conditions: projectConditions(status?.conditions),
  }),
});
