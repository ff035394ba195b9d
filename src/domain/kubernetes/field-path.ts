import type { Json, JsonObject } from '../remediation/json.ts';

/**
 * Paths as kubectl and the API server write them: `spec.maxReplicas`, `spec.metrics[0].type`,
 * `metadata.annotations["kubectl.kubernetes.io/restartedAt"]`.
 */
export type FieldPath = string;

const segment = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\.?([^.[\]]+)/gy;

/** The path's steps; names as they are, indexes as numbers. */
export function parsePath(path: FieldPath): (string | number)[] {
  return [...path.matchAll(segment)].map(([, quoted, index, name]) => {
    if (quoted !== undefined) return JSON.parse(`"${quoted}"`) as string;
    return index !== undefined ? Number(index) : (name ?? '');
  });
}

/** Writes one step behind a path. */
export function joinPath(path: FieldPath, step: string | number): FieldPath {
  if (typeof step === 'number') return `${path}[${step}]`;
  if (!/^[A-Za-z_][\w-]*$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
  return path === '' ? step : `${path}.${step}`;
}

/** The value at the path; undefined where there is none. */
export function fieldAt(object: JsonObject, path: FieldPath): Json | undefined {
  let value: Json | undefined = object;
  for (const step of parsePath(path)) {
    if (value === null || typeof value !== 'object') return undefined;
    if (!Object.hasOwn(value, step)) return undefined;
    value = (value as JsonObject)[step];
  }
  return value;
}

/** The text at the path; undefined where there is none, or an empty one. */
export function textAt(object: JsonObject, path: FieldPath): string | undefined {
  const value = fieldAt(object, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The object at the path; an empty one where there is none. */
export function objectAt(object: JsonObject, path: FieldPath): JsonObject {
  const value = fieldAt(object, path);
  return value !== undefined && isObject(value) ? value : {};
}

/** The objects in the list at the path; none where there is no list. */
export function objectsAt(object: JsonObject, path: FieldPath): readonly JsonObject[] {
  const value = fieldAt(object, path);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** "namespace/name" */
export function fullName(object: JsonObject): string {
  return `${textAt(object, 'metadata.namespace') ?? ''}/${textAt(object, 'metadata.name') ?? ''}`;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
