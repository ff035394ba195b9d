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
