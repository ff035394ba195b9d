import { isDeepStrictEqual } from 'node:util';
import type { JsonPatchOperation } from '../../src/domain/remediation/json.ts';

/**
 * The object after a JSON patch of `test`, `add` and `replace`, with its writer in managedFields; undefined when a test
 * does not hold, and then nothing is changed.
 */
export function patched<T>(before: T, body: string, fieldManager: string): T | undefined {
  const after = structuredClone(before) as Record<string, unknown>;
  const fieldsV1 = {};
  for (const operation of JSON.parse(body) as readonly JsonPatchOperation[]) {
    const keys = operation.path.split('/').slice(1);
    const last = keys.pop() ?? '';
    const parent = keys.reduce<Record<string, unknown>>((inside, key) => inside[key] as never, after);
    if (operation.op === 'remove') Reflect.deleteProperty(parent, last);
    else if (operation.op !== 'test') parent[last] = operation.value;
    else if (!isDeepStrictEqual(parent[last] ?? null, operation.value)) return undefined;
    if (operation.op !== 'test') own(fieldsV1, [...keys, last]);
  }
  const metadata = after['metadata'] as Record<string, unknown>;
  metadata['managedFields'] = [{ manager: fieldManager, operation: 'Update', fieldsV1 }];
  return after as T;
}

function own(fields: Record<string, unknown>, keys: readonly string[]): void {
  let inside = fields;
  for (const key of keys) {
    const next = (inside[`f:${key}`] ?? {}) as Record<string, unknown>;
    inside[`f:${key}`] = next;
    inside = next;
  }
}
