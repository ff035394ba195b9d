import { fieldAt } from '../kubernetes/field-path.ts';
import { jsonObject, type JsonObject, type JsonPatchOperation } from './json.ts';

/**
 * Sets or, without a value, removes one annotation of `metadata` or of a template's, guarded by what it is now. Where there
 * are none yet, JSON Patch can only add them all at once: guarded by their absence, so that what somebody sets meanwhile
 * is not overwritten. To the server, what is not there is null (evanphx/json-patch, Patch.test).
 */
export function annotate(
  object: JsonObject,
  metadata: 'metadata' | 'spec.template.metadata',
  key: string,
  value: string | undefined,
): readonly JsonPatchOperation[] {
  const all = `/${metadata.replaceAll('.', '/')}/annotations`;
  const now = fieldAt(object, `${metadata}.annotations`);
  if (now === undefined && value !== undefined)
    return [
      { op: 'test', path: all, value: null },
      { op: 'add', path: all, value: { [key]: value } },
    ];
  const path = `${all}/${key.replaceAll('/', '~1')}`;
  const guard = { op: 'test', path, value: jsonObject(now)[key] ?? null } as const;
  return [guard, value === undefined ? { op: 'remove', path } : { op: 'add', path, value }];
}
