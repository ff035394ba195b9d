import { JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { apiPath } from '../../domain/kubernetes/api-path.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { MergePatch } from '../../domain/kubernetes/reader.ts';
import type { JsonObject, JsonPatchOperation } from '../../domain/remediation/json.ts';
import { apiKindOf } from '../../domain/remediation/target-kinds.ts';
import type { ObjectPointer } from '../../domain/remediation/target.ts';
import { guardsHold } from './json-pointer.ts';
import type { Transport } from './transport.ts';

/** The name under which our writes stand in managedFields. */
export const fieldManager = 'jarvis';

export function readObject(
  transport: Transport,
  object: ObjectRef | ObjectPointer,
  signal: AbortSignal,
): Promise<JsonObject> {
  return transport.json({ path: pathOf(object) }, signal);
}

/** @throws JarvisError remediation.changedSince when a `test` did not hold */
export async function patchObject(
  transport: Transport,
  pointer: ObjectPointer,
  patch: readonly JsonPatchOperation[],
  dryRun: boolean,
  signal: AbortSignal,
): Promise<JsonObject> {
  try {
    return await transport.json(
      {
        method: 'PATCH',
        path: pathOf(pointer),
        query: { fieldManager, fieldValidation: 'Strict', dryRun: dryRun ? 'All' : undefined },
        body: { type: 'application/json-patch+json', content: patch },
      },
      signal,
    );
  } catch (error) {
    throw await explain(transport, pointer, patch, error, signal);
  }
}

/** Nothing is stored. What merges no lists by key (custom resources) says so, and is asked in the other language. */
export async function foreseeMerge(
  transport: Transport,
  object: ObjectRef,
  { strategic, merge }: MergePatch,
  signal: AbortSignal,
): Promise<JsonObject> {
  const ask = (type: string, content: JsonObject) =>
    transport.json(
      { method: 'PATCH', path: pathOf(object), query: { fieldManager, dryRun: 'All' }, body: { type, content } },
      signal,
    );
  try {
    return await ask('application/strategic-merge-patch+json', strategic);
  } catch (error) {
    if (toJarvisError(error).code !== 'kube.unsupportedPatch') throw error;
    return ask('application/merge-patch+json', merge);
  }
}

/**
 * The server answers a failed `test` like any other invalid patch, so the guards are compared with the object itself.
 * Source: k8s.io/apiserver pkg/endpoints/handlers/patch.go (applyJSPatch).
 */
async function explain(
  transport: Transport,
  pointer: ObjectPointer,
  patch: readonly JsonPatchOperation[],
  error: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const failure = toJarvisError(error);
  if (failure.code !== 'kube.invalid' && failure.code !== 'kube.conflict') return error;
  const object = await readObject(transport, pointer, signal);
  if (failure.code === 'kube.invalid' && guardsHold(object, patch)) return error;
  return new JarvisError({
    code: 'remediation.changedSince',
    message: t('{0} {1} has changed since the plan was made.', pointer.kind, pointer.name),
    cause: error,
    remedies: [{ kind: 'retry' }],
  });
}

function pathOf(object: ObjectRef | ObjectPointer): string {
  const { namespace, name } = object;
  if ('resource' in object) return apiPath(object, namespace, name);
  return apiPath(apiKindOf(object.kind), namespace, name);
}
