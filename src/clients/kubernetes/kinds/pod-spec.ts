import type { PodTemplate, ResourceRequest } from '../../../domain/kubernetes/model.ts';
import { cpuOf, memoryOf } from '../../../domain/kubernetes/quantity.ts';
import { type Message, list, map, message, part, text } from '../protobuf.ts';
import { quantity } from './meta.ts';

const resourcesShape = { requests: map(2, quantity) };
/** core/v1 ResourceRequirements */
const resources = message(resourcesShape);

const container = message({ name: text(1), image: text(2), resources: part(8, resources) });

/** core/v1 PodSpec: what pods and pod templates both show. */
export const podSpecShape = { nodeName: text(10), containers: list(2, container) };

const present = message({});
const templateSpecShape = {
  ...podSpecShape,
  nodeSelector: map(7, text),
  affinity: part(18, present),
  tolerations: list(22, message({ key: text(1), operator: text(2), value: text(3), effect: text(4) })),
  topologySpreadConstraints: list(33, present),
};
/** core/v1 PodTemplateSpec */
export const podTemplate = message({ spec: part(2, message(templateSpecShape)) });

export function projectRequests(raw: Message<typeof resourcesShape> = {}): ResourceRequest {
  const cpu = cpuOf(raw.requests?.['cpu']);
  const memory = memoryOf(raw.requests?.['memory']);
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
}

export function projectTemplate(spec: Message<typeof templateSpecShape> = {}): PodTemplate {
  return {
    containers: (spec.containers ?? []).map(({ name = '', image = '', resources }) => ({
      name,
      image,
      requests: projectRequests(resources),
    })),
    nodeSelector: spec.nodeSelector ?? {},
    tolerations: (spec.tolerations ?? []).map(({ key = '', operator = '', value = '', effect = '' }) => ({
      key,
      operator,
      value,
      effect,
    })),
    constrained: spec.affinity !== undefined || (spec.topologySpreadConstraints ?? []).length > 0,
  };
}
