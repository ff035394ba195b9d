import type { MergePatch } from '../../kubernetes/reader.ts';
import { type Json, isJsonList, isJsonObject, type JsonObject } from '../json.ts';

/**
 * What Helm sends to bring an object from one manifest to another: all that the new one sets, and the removal of what only
 * the old one did. Source: helm.sh/helm pkg/kube, client.go (createPatch); kubernetes.io, "Update API Objects in Place Using
 * kubectl patch".
 */
export function mergePatch(from: JsonObject, to: JsonObject): MergePatch {
  return { strategic: patched(from, to, strategicList), merge: patched(from, to, (_, list) => list) };
}

type ListPatch = (from: readonly Json[], to: readonly Json[], name: string) => readonly Json[];

function patched(from: JsonObject, to: JsonObject, listOf: ListPatch): JsonObject {
  const removed = Object.keys(from).filter((name) => to[name] === undefined && from[name] !== undefined);
  const set = Object.entries(to).map(([name, value]) => [
    name,
    value === undefined ? null : valueOf(from[name], value, name, listOf),
  ]);
  return { ...Object.fromEntries(removed.map((name) => [name, null])), ...(Object.fromEntries(set) as JsonObject) };
}

function valueOf(from: Json | undefined, to: Json, name: string, listOf: ListPatch): Json {
  if (isJsonObject(to) && isJsonObject(from)) return patched(from, to, listOf);
  if (isJsonList(to) && isJsonList(from)) return listOf(from, to, name);
  return to;
}

/** Elements that only the old list has are named for removal; the others are merged by their key. */
const strategicList: ListPatch = (from, to, name) => {
  const key = keys[name]?.find((candidate) => [...from, ...to].every((one) => isJsonObject(one) && candidate in one));
  if (key === undefined) return to;
  const find = (list: readonly Json[], value: Json | undefined) =>
    list.filter(isJsonObject).find((one) => one[key] === value);
  const gone = from.filter(isJsonObject).filter((one) => !find(to, one[key]));
  const kept = to.filter(isJsonObject).map((one) => patched(find(from, one[key]) ?? {}, one, strategicList));
  return [...kept, ...gone.map((one) => ({ [key]: one[key], $patch: 'delete' }))];
};

/** Source: `patchMergeKey` in k8s.io/api, core/v1 types.go. */
const keys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  ports: ['containerPort', 'port'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
};
