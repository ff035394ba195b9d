import { type Json, type JsonObject, isJsonList } from '../remediation/json.ts';
import { presentable } from './presentable.ts';

/** What differs between any two objects and says nothing, whatever its place. Paths of fields; `*` is any one step. */
const noise = [
  'metadata.uid',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.creationTimestamp',
  'metadata.selfLink',
  'metadata.ownerReferences.*.uid',
  'metadata.annotations.kubectl.kubernetes.io/last-applied-configuration',
  'status.observedGeneration',
  'status.startTime',
  'status.conditions.*.lastTransitionTime',
  'status.conditions.*.lastUpdateTime',
  'status.conditions.*.lastProbeTime',
  'status.conditions.*.lastHeartbeatTime',
  'status.conditions.*.observedGeneration',
  'status.*.*.containerID',
  'status.*.*.state.*.startedAt',
  'status.*.*.state.*.finishedAt',
  'status.*.*.lastState.*.startedAt',
  'status.*.*.lastState.*.finishedAt',
  'status.*.*.lastState.*.containerID',
].map((path) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`));

/** The object as it is compared with another: presentable, without identities, versions and times. */
export function comparable(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(presentable(object)).map(([name, value]) =>
      value !== undefined && noisy.has(name) ? [name, withoutNoise(value, name)] : [name, value],
    ),
  );
}

/** All noise is here, and specs may be vast. */
const noisy = new Set(['metadata', 'status']);

function withoutNoise(value: Json, path: string): Json {
  if (typeof value !== 'object' || value === null) return value;
  const inside = (step: string | number) => `${path}.${step}`;
  if (isJsonList(value)) return value.map((item, index) => withoutNoise(item, inside(index)));
  const kept = Object.entries(value).flatMap(([name, field]) =>
    field === undefined || noise.some((pattern) => pattern.test(inside(name)))
      ? []
      : [[name, withoutNoise(field, inside(name))] as const],
  );
  return Object.fromEntries(kept);
}
