import { isCancelled, JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { diffObjects } from '../kubernetes/diff.ts';
import { fieldAt } from '../kubernetes/field-path.ts';
import type { JsonObject, JsonPatchOperation } from './json.ts';
import { markChange, marked, unmarked } from './mark.ts';
import type { Change, Plan } from './plan.ts';
import type { PlanContext } from './remediation.ts';
import type { PlanRequest } from './runs.ts';
import type { Target } from './target.ts';

/** The object as it was read, for the plan. @throws JarvisError kube.malformed */
export function pin({ pointer }: Pick<PlanRequest, 'pointer'>, object: JsonObject): Target {
  const { cluster, kind, namespace, name } = pointer;
  const uid = textAt(object, 'metadata.uid');
  return { cluster, kind, namespace, name, uid, resourceVersion: textAt(object, 'metadata.resourceVersion') };
}

/** The object and the field that is written, in one line: `UID 4`; of a field that is not there, the UID alone. */
export function asItWas({ uid }: Target, before: string | number | undefined): string {
  return before === undefined ? uid : `${uid} ${before}`;
}

/** What the API server says it would make of the patch; where this user may not ask it, what the patch says. The plan's mark comes last. */
export async function diffOf(
  { inspector, planId }: PlanContext,
  target: Target,
  object: JsonObject,
  patch: readonly JsonPatchOperation[],
  computed: Change,
  signal: AbortSignal,
): Promise<{ changes: readonly Change[]; diffSource: Plan['diffSource'] }> {
  const mark = markChange(object, planId);
  try {
    const after = await inspector.dryRun(target, marked(object, patch, planId), signal);
    return { changes: [...diffObjects(unmarked(object), unmarked(after)), mark], diffSource: { kind: 'server' } };
  } catch (error) {
    if (isCancelled(error) || toJarvisError(error).code !== 'kube.forbidden') throw error;
    return { changes: [computed, mark], diffSource: { kind: 'computed', reason: toJarvisError(error).message } };
  }
}

/** @throws JarvisError kube.malformed */
export function numberAt(object: JsonObject, path: string): number {
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
