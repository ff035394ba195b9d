import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { parseTime } from '../../../core/time.ts';
import { fieldAt } from '../../kubernetes/field-path.ts';
import { restartedAt } from '../../kubernetes/restarted-at.ts';
import { annotate } from '../annotate.ts';
import type { JsonObject, JsonPatchOperation } from '../json.ts';
import type { Target } from '../target.ts';

/** The annotation of the pod template. */
export const field = `spec.template.metadata.annotations[${JSON.stringify(restartedAt)}]`;

/** When the template says that it was restarted last; undefined where it was not. */
export function restartedAtOf(object: JsonObject): string | undefined {
  const value = fieldAt(object, field);
  return typeof value === 'string' ? value : undefined;
}

/**
 * The time to be written: the input's (an undo brings the former one back, or takes it away by null), else now.
 * @throws JarvisError remediation.badInput
 */
export function wishedTime({ restartedAt: wish }: JsonObject, now: number): string | undefined {
  if (wish === undefined) return new Date(now).toISOString();
  if (wish === null) return undefined;
  if (typeof wish === 'string' && parseTime(wish) !== undefined) return wish;
  throw new JarvisError({
    code: 'remediation.badInput',
    message: t('{0} is not a time at which pods were restarted.', JSON.stringify(wish)),
  });
}

/** The server refuses the patch as a whole when the object is another one or was restarted since. */
export function patchOf(target: Target, object: JsonObject, after: string | undefined): readonly JsonPatchOperation[] {
  const uid = { op: 'test', path: '/metadata/uid', value: target.uid } as const;
  return [uid, ...annotate(object, 'spec.template.metadata', restartedAt, after)];
}
