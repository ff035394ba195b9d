import { isCancelled, JarvisError, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { diffObjects } from '../../kubernetes/diff.ts';
import { fieldAt } from '../../kubernetes/field-path.ts';
import { ownersOf } from '../../kubernetes/owners.ts';
import type { JsonObject, JsonPatchOperation } from '../json.ts';
import type { Change, Effect, Inverse, Plan } from '../plan.ts';
import type { Draft, PlanContext, Remediation } from '../remediation.ts';
import type { PlanRequest } from '../runs.ts';
import type { Target } from '../target.ts';
import { effectsOf, wantedReplicas } from './effects.ts';
import { expectationsOf } from './expectations.ts';
import { maxReplicasOf } from './inputs.ts';
import { observe } from './observe.ts';

const field = 'spec.maxReplicas';

/** Raises or lowers an HPA's maxReplicas. Input: `maxReplicas`. */
export const scaleHpa: Remediation = { draft };

async function draft(request: PlanRequest, context: PlanContext, signal: AbortSignal): Promise<Draft> {
  const { inspector } = context;
  const [object, around] = await Promise.all([
    inspector.read(request.pointer, signal),
    observe(request, context, signal),
  ]);
  const target = pin(request, object);
  const before = numberAt(object, field);
  const { value, warning } = maxReplicasOf(request.inputs, { ...around.hpa, maxReplicas: before });
  const patch = patchOf(target, before, value);
  const { changes, diffSource } = await diff(
    context,
    target,
    object,
    patch,
    { path: field, before, after: value },
    signal,
  );
  const careful: Effect[] = warning === undefined ? [] : [{ text: warning, severity: 'warning' }];
  return {
    title: t('Scale HPA {0} to at most {1} replicas', target.name, value),
    target,
    inputs: { maxReplicas: value },
    changes,
    diffSource,
    owners: ownersOf(object, [field]),
    effects: [...effectsOf(around, value), ...careful],
    values: {
      cluster: target.cluster.cluster,
      namespace: target.namespace,
      hpa: target.name,
      max_replicas: String(value),
    },
    operation: { kind: 'patch', patch },
    inverse: inverseOf(before, value),
    expectations: expectationsOf(around.hpa, value, wantedReplicas(around, value), request.alarm),
  };
}

function pin({ pointer }: PlanRequest, object: JsonObject): Target {
  const { cluster, kind, namespace, name } = pointer;
  const uid = textAt(object, 'metadata.uid');
  return { cluster, kind, namespace, name, uid, resourceVersion: textAt(object, 'metadata.resourceVersion') };
}

/** The server refuses the patch as a whole when the object is another one or its maximum has changed since. */
function patchOf(target: Target, before: number, after: number): readonly JsonPatchOperation[] {
  return [
    { op: 'test', path: '/metadata/uid', value: target.uid },
    { op: 'test', path: '/spec/maxReplicas', value: before },
    { op: 'replace', path: '/spec/maxReplicas', value: after },
  ];
}

/** What the API server says it would make of the patch; where this user may not ask it, what the patch says. */
async function diff(
  { inspector }: PlanContext,
  target: Target,
  object: JsonObject,
  patch: readonly JsonPatchOperation[],
  computed: Change,
  signal: AbortSignal,
): Promise<{ changes: readonly Change[]; diffSource: Plan['diffSource'] }> {
  try {
    const after = await inspector.dryRun(target, patch, signal);
    return { changes: diffObjects(object, after), diffSource: { kind: 'server' } };
  } catch (error) {
    if (isCancelled(error) || toJarvisError(error).code !== 'kube.forbidden') throw error;
    return { changes: [computed], diffSource: { kind: 'computed', reason: toJarvisError(error).message } };
  }
}

function inverseOf(before: number, after: number): Inverse {
  return {
    inputs: { maxReplicas: before },
    summary: t('maxReplicas back from {0} to {1}', after, before),
    requires: [{ path: field, before, after }],
  };
}

function numberAt(object: JsonObject, path: string): number {
  const value = fieldAt(object, path);
  if (typeof value === 'number') return value;
  throw malformed(path);
}

function textAt(object: JsonObject, path: string): string {
  const value = fieldAt(object, path);
  if (typeof value === 'string') return value;
  throw malformed(path);
}

function malformed(path: string): JarvisError {
  return new JarvisError({
    code: 'kube.malformed',
    message: t('The API server answered with an object without {0}.', path),
  });
}
