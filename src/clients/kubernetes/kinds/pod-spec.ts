import type { PodTemplate, ResourceRequest } from '../../../domain/kubernetes/model.ts';
import { cpuOf, memoryOf } from '../../../domain/kubernetes/quantity.ts';
import { type Message, list, map, message, part, shared, text } from '../protobuf.ts';
import { memoized } from '../recent.ts';
import { each, noRecord, none, quantity } from './meta.ts';

const resourcesShape = { requests: shared(map(2, quantity)) };

/** core/v1 Container: what pods and pod templates both show. */
export const containerShape = {
  name: text(1),
  image: text(2),
  resources: part(8, message(resourcesShape)),
  /** Of an init container alone: `Always` makes it a sidecar. */
  restartPolicy: text(24),
};
const container = message(containerShape);

const present = message({});
const templateSpecShape = {
  containers: list(2, container),
  nodeSelector: map(7, text),
  affinity: part(18, present),
  initContainers: list(20, container),
  tolerations: list(22, message({ key: text(1), operator: text(2), value: text(3), effect: text(4) })),
  topologySpreadConstraints: list(33, present),
};
const templateShape = { spec: part(2, message(templateSpecShape)) };
/** core/v1 PodTemplateSpec */
export const podTemplate = message(templateShape);
export type RawPodTemplate = Message<typeof templateShape>;

const noRequests: ResourceRequest = Object.freeze({});

export function projectRequests({ requests }: Message<typeof resourcesShape> = {}): ResourceRequest {
  return requests ? amounts(requests) : noRequests;
}

const amounts = memoized((requests: Readonly<Record<string, string>>): ResourceRequest => {
  const cpu = cpuOf(requests['cpu']);
  const memory = memoryOf(requests['memory']);
  if (cpu === undefined && memory === undefined) return noRequests;
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
});

export function isSidecar({ restartPolicy }: { readonly restartPolicy?: string }): boolean {
  return restartPolicy === 'Always';
}

/** Sidecars run beside the main containers, and what they ask for is taken as long. */
export function projectTemplate(spec: Message<typeof templateSpecShape> = {}): PodTemplate {
  const { containers = none, initContainers = none } = spec;
  return {
    containers: [...containers, ...initContainers.filter(isSidecar)].map(({ name = '', image = '', resources }) => ({
      name,
      image,
      requests: projectRequests(resources),
    })),
    nodeSelector: spec.nodeSelector ?? noRecord,
    tolerations: each(spec.tolerations, ({ key = '', operator = '', value = '', effect = '' }) => ({
      key,
      operator,
      value,
      effect,
    })),
    constrained: spec.affinity !== undefined || (spec.topologySpreadConstraints ?? none).length > 0,
  };
}
