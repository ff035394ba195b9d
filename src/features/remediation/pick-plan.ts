import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Services } from '../../services.ts';
import { pick } from '../../ui/prompts.ts';

/** Which plan, run or receipt to open; asked where nothing says so. @throws CancelledError */
export async function pickPlan({ runs }: Services): Promise<string> {
  if (runs.all.length === 0) {
    throw new JarvisError({ code: 'remediation.noPlans', message: t('There are no actions yet.') });
  }
  const items = runs.all.map(({ plan }) => ({
    label: plan.title,
    description: `${plan.target.cluster.context} › ${plan.target.namespace}`,
    detail: new Date(plan.createdAt).toLocaleString(),
    value: plan.id,
  }));
  return pick(items, { title: t('Which action?') });
}
