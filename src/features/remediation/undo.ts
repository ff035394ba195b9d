import { t } from '../../core/l10n.ts';
import { isUndoable } from '../../domain/remediation/undo.ts';
import { JarvisError } from '../../core/errors.ts';
import type { Services } from '../../services.ts';
import { pick } from '../../ui/prompts.ts';
import { undoAndShow } from './plan-action.ts';

/** Takes a finished plan back: the one that was clicked, or one of the receipts. */
export async function undo(services: Services, from: { readonly planId?: string } | undefined): Promise<void> {
  await undoAndShow(services, from?.planId ?? (await pickReceipt(services)));
}

async function pickReceipt({ runs }: Services): Promise<string> {
  const undoable = runs.all.filter(isUndoable);
  if (undoable.length === 0) {
    throw new JarvisError({ code: 'remediation.nothingToUndo', message: t('There is nothing to undo.') });
  }
  const items = undoable.map(({ plan }) => ({
    label: plan.inverse.summary,
    description: `${plan.target.cluster.context} › ${plan.target.namespace} › ${plan.target.name}`,
    detail: `${plan.title}, ${new Date(plan.createdAt).toLocaleString()}`,
    value: plan.id,
  }));
  return pick(items, { title: t('Undo which action?') });
}
