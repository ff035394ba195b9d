import { isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Plan } from '../../domain/remediation/plan.ts';
import { WayBacks, type WayBackPeople } from '../../domain/remediation/way-backs.ts';
import type { Services } from '../../services.ts';
import { executeCommand } from '../../ui/commands.ts';
import { showError } from '../../ui/errors.ts';
import { notice } from '../../ui/notice.ts';
import { undoAndShow } from './plan-action.ts';

/** Way backs with notices. */
export function wayBacks(services: Services): WayBacks {
  const { runs, clock } = services;
  const people: WayBackPeople = {
    tell: (undo, trouble) => void tell(undo, trouble),
    ask,
    plan: (planId) => plan(services, planId),
  };
  return new WayBacks({ runs, clock, people });
}

async function tell({ id, title }: Plan, trouble: string | undefined): Promise<void> {
  const show = { title: t('Show') };
  const answer =
    trouble === undefined
      ? notice('information', t('The time is over: {0}', title), [show])
      : notice('warning', t('{0}: {1}', title, trouble), [show]);
  if (await answer) await executeCommand('jarvis.openAction', { planId: id });
}

async function ask({ title }: Plan, why: string): Promise<'plan' | 'keep' | undefined> {
  const answers = [
    { title: t('Plan It…'), answer: 'plan' },
    { title: t('Keep the Change'), answer: 'keep' },
  ] as const;
  const given = await notice('warning', t('“{0}” is still to be taken back. {1}', title, why), answers);
  return given?.answer;
}

async function plan(services: Services, planId: string): Promise<void> {
  try {
    await undoAndShow(services, planId, 'even if changed');
  } catch (error) {
    if (isCancelled(error)) return;
    await showError(toJarvisError(error), () => void plan(services, planId));
  }
}
