import { isDeepStrictEqual } from 'node:util';
import { JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { JsonObject, JsonPatchOperation } from '../../domain/remediation/json.ts';
import type { ObjectPointer, TargetKind } from '../../domain/remediation/target.ts';
import { type Transport, apiPath } from './transport.ts';

/** Where the kinds that remediations write to live. A release is no object of its own: Helm's routes write it. */
export const places: Readonly<
  Record<Exclude<TargetKind, 'Release'>, { group: string; version: string; resource: string }>
> = {
  HorizontalPodAutoscaler: { group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers' },
  Deployment: { group: 'apps', version: 'v1', resource: 'deployments' },
  Ingress: { group: 'networking.k8s.io', version: 'v1', resource: 'ingresses' },
};

/** Who wrote a field, in its managedFields. */
export const fieldManager = 'jarvis';

export function readObject(transport: Transport, pointer: ObjectPointer, signal: AbortSignal): Promise<JsonObject> {
  return transport.json({ path: pathOf(pointer) }, signal);
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

/** Do all `test` operations hold on this object? */
export function guardsHold(object: JsonObject, patch: readonly JsonPatchOperation[]): boolean {
  return patch.every(
    (operation) => operation.op !== 'test' || isDeepStrictEqual(valueAt(object, operation.path), operation.value),
  );
}

/** The value that an RFC 6901 pointer names. */
export function valueAt(object: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    const plain = key.replaceAll('~1', '/').replaceAll('~0', '~');
    return Object.hasOwn(value, plain) ? (value as Record<string, unknown>)[plain] : undefined;
  }, object);
}

function pathOf({ kind, namespace, name }: ObjectPointer): string {
  if (kind === 'Release') throw new RangeError('a release is no object of the API');
  return apiPath(places[kind], namespace, name);
}
