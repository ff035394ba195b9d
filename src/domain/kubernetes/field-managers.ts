import { parseTime } from '../../core/time.ts';
import type { JsonObject } from '../remediation/json.ts';
import { fieldAt, parsePath } from './field-path.ts';

export interface FieldManager {
  readonly manager: string;
  /** When it last changed something of the object, by the server's clock; undefined where it is not noted. */
  readonly at: number | undefined;
}

/** Who owns one of the fields. Source: Kubernetes, "Server-Side Apply" (meta/v1 ManagedFieldsEntry). */
export function writersOf(object: JsonObject, fields: readonly string[]): readonly FieldManager[] {
  const managed = fieldAt(object, 'metadata.managedFields');
  if (!Array.isArray(managed)) return [];
  return (managed as readonly JsonObject[])
    .filter((entry) => fields.some((field) => owns(entry, field)))
    .flatMap(({ manager, time }) =>
      typeof manager === 'string' ? [{ manager, at: typeof time === 'string' ? parseTime(time) : undefined }] : [],
    );
}

/** `jarvis` is the manager of the direct route and of workflows, `jarvis-lambda` of functions. */
export function isOfJarvis(manager: string): boolean {
  return manager === 'jarvis' || manager.startsWith('jarvis-');
}

/** fieldsV1 nests `f:name` for each step of a path. */
function owns({ fieldsV1 }: JsonObject, field: string): boolean {
  let at = fieldsV1;
  for (const step of parsePath(field)) {
    if (typeof at !== 'object' || at === null || Array.isArray(at)) return false;
    at = (at as JsonObject)[`f:${step}`];
  }
  return at !== undefined;
}
