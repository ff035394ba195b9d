import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../remediation/json.ts';
import type { Change } from '../remediation/plan.ts';
import { joinPath } from './field-path.ts';

/**
 * What the server keeps for itself and every write moves. Source of the annotation: k8s.io/kubernetes
 * pkg/apis/apps/v1/conversion.go (a DaemonSet's templateGeneration).
 */
const bookkeeping = new Set([
  'metadata.managedFields',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.annotations["deprecated.daemonset.template.generation"]',
  'status',
]);

/** The fields in which two states of one object differ, in the order of their paths. */
export function diffObjects(before: JsonObject, after: JsonObject): readonly Change[] {
  return [...differences(before, after, '')].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function* differences(before: Json | undefined, after: Json | undefined, path: string): Generator<Change> {
  if (bookkeeping.has(path) || isDeepStrictEqual(before, after)) return;
  const [old, next] = [childrenOf(before), childrenOf(after)];
  if (!old || !next || Array.isArray(before) !== Array.isArray(after)) {
    yield { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    return;
  }
  for (const step of new Set([...old.keys(), ...next.keys()])) {
    yield* differences(old.get(step), next.get(step), joinPath(path, step));
  }
}

function childrenOf(value: Json | undefined): Map<string | number, Json | undefined> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return new Map((value as readonly Json[]).entries());
  return new Map(Object.entries(value));
}
