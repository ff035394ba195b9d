import { isDeepStrictEqual } from 'node:util';
import type { JsonPatchOperation } from '../../domain/remediation/json.ts';

/** The value that an RFC 6901 pointer names; undefined where there is none. */
function valueAt(value: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys.reduce<unknown>((inside, key) => {
    if (typeof inside !== 'object' || inside === null) return undefined;
    const plain = key.replaceAll('~1', '/').replaceAll('~0', '~');
    return Object.hasOwn(inside, plain) ? (inside as Record<string, unknown>)[plain] : undefined;
  }, value);
}

/**
 * Do all `test` operations hold on this object? To the server, what is not there is null.
 * Source: evanphx/json-patch (Patch.test).
 */
export function guardsHold(object: unknown, patch: readonly JsonPatchOperation[]): boolean {
  return patch.every(
    (operation) =>
      operation.op !== 'test' || isDeepStrictEqual(valueAt(object, operation.path) ?? null, operation.value),
  );
}
