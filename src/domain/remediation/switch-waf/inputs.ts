import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { noWebAcl } from '../../waf/sources.ts';
import type { JsonObject } from '../json.ts';

export interface Wanted {
  /** Its ARN; undefined: none shall stand before the ingress. */
  readonly arn: string | undefined;
  readonly backAfterMs: number | undefined;
}

/** A day: who wants longer does not want a timer. */
const mostMinutes = 24 * 60;

/** What is wrong with a number of minutes as somebody types it. */
export function minutesProblem(text: string): string | undefined {
  const minutes = /^\s*\d{1,5}\s*$/.test(text) ? Number(text) : NaN;
  if (minutes >= 1 && minutes <= mostMinutes) return undefined;
  return t('Type a whole number of minutes from 1 to {0}.', mostMinutes);
}

/** `webAcl`: an ARN or `none`; `minutes`: until it is switched back by itself. @throws JarvisError remediation.badInput */
export function wantedOf({ webAcl, minutes }: JsonObject): Wanted {
  if (typeof webAcl !== 'string' || webAcl === '') throw bad(t('No Web ACL was chosen.'));
  const problem =
    minutes === undefined ? undefined : minutesProblem(typeof minutes === 'number' ? String(minutes) : '');
  if (problem !== undefined) throw bad(problem);
  return {
    arn: webAcl === noWebAcl ? undefined : webAcl,
    backAfterMs: typeof minutes === 'number' ? minutes * 60_000 : undefined,
  };
}

function bad(message: string): JarvisError {
  return new JarvisError({ code: 'remediation.badInput', message });
}
