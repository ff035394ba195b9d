import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { Hpa } from '../../kubernetes/model.ts';
import type { JsonObject } from '../json.ts';

/** More than this many times the present maximum is most often a typing mistake. */
const farFactor = 3;

/** What the inputs are checked against. */
export type Bounds = Pick<Hpa, 'name' | 'minReplicas' | 'maxReplicas'>;

export type InputVerdict =
  | { readonly ok: true; readonly value: number; readonly warning?: string }
  | { readonly ok: false; readonly message: string };

/**
 * Checks a typed maxReplicas. Source: autoscaling/v2 HorizontalPodAutoscalerSpec: an int32 greater than zero, not less than minReplicas.
 */
export function checkMaxReplicas(text: string, hpa: Bounds): InputVerdict {
  const value = /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : NaN;
  if (!Number.isInteger(value) || value > 2 ** 31 - 1) return bad(t('Type a whole number.'));
  if (value < 1) return bad(t('maxReplicas must be greater than 0.'));
  if (value < hpa.minReplicas)
    return bad(t('maxReplicas cannot be less than minReplicas, which is {0}.', hpa.minReplicas));
  if (value === hpa.maxReplicas) return bad(t('maxReplicas is {0} already.', value));
  if (value > hpa.maxReplicas * farFactor) {
    return { ok: true, value, warning: t('{0} is far above the present maximum of {1}.', value, hpa.maxReplicas) };
  }
  return { ok: true, value };
}

/** The same check for whoever does not type: chat, an undo, a link. @throws JarvisError remediation.badInput */
export function maxReplicasOf(inputs: JsonObject, hpa: Bounds): { value: number; warning?: string } {
  const given = inputs['maxReplicas'];
  const verdict = checkMaxReplicas(typeof given === 'number' ? String(given) : '', hpa);
  if (verdict.ok) return verdict;
  throw new JarvisError({ code: 'remediation.badInput', message: `${hpa.name}: ${verdict.message}` });
}

function bad(message: string): InputVerdict {
  return { ok: false, message };
}
