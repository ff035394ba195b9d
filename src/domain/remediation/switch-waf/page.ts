import { isCancelled, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { withoutHalves } from '../../../core/text.ts';
import type { WebAcl } from '../../waf/model.ts';
import type { Answer } from '../../waf/prober.ts';
import type { PlanDocument } from '../plan.ts';
import type { PlanContext } from '../remediation.ts';
import type { Probe } from './observe.ts';

/** Characters: it is journalled with the plan. */
const longest = 64 * 1024;

/** The maintenance page as visitors will see it, or why it cannot be seen from here. */
export async function pageBehind(
  { prober }: PlanContext,
  next: WebAcl | undefined,
  probes: readonly Probe[],
  signal: AbortSignal,
): Promise<Answer | string | undefined> {
  const [first] = probes;
  if (next?.defaultAction.kind !== 'block' || next.defaultAction.location === undefined || !first) return undefined;
  try {
    return await prober.page(next.defaultAction.location, first.entrance, signal);
  } catch (error) {
    if (isCancelled(error)) throw error;
    return toJarvisError(error).message;
  }
}

/** What visitors will read. */
export function documentsOf(next: WebAcl | undefined, page: Answer | string | undefined): readonly PlanDocument[] {
  const own = next?.defaultAction.kind === 'block' ? next.defaultAction.page : undefined;
  const [text, type] = typeof page === 'object' ? [page.body, 'text/html'] : [own?.body, own?.contentType];
  if (text === undefined) return [];
  return [{ name: `${t('the page for visitors')}.${endingOf(type)}`, text: withoutHalves(text.slice(0, longest)) }];
}

function endingOf(contentType = ''): string {
  if (contentType.includes('html')) return 'html';
  return contentType.includes('json') ? 'json' : 'txt';
}
