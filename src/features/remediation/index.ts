import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';
import { showError } from '../../ui/errors.ts';
import { pick } from '../../ui/prompts.ts';
import { actionPages } from './action-pages.ts';

/** Scale HPA…, Undo…, and the pages on which plans are confirmed and followed. */
export function registerRemediation(services: Services): Disposable {
  const owned = new DisposableStore();
  const pages = owned.add(actionPages(services));
  owned.add(
    registerCommand(
      services,
      'jarvis.scaleHpa',
      async (from) => {
        const { scaleHpa } = await import('./scale-hpa.ts');
        await scaleHpa(services, from);
      },
      { single: true },
    ),
  );
  owned.add(
    registerCommand(
      services,
      'jarvis.undo',
      async (from) => {
        const { undo } = await import('./undo.ts');
        await undo(services, from);
      },
      { single: true },
    ),
  );
  owned.add(
    registerCommand(services, 'jarvis.openAction', async (from) => {
      await pages.open({ planId: from?.planId ?? (await pickPlan(services)) });
    }),
  );
  owned.add(registerCommand(services, 'jarvis.signInGitHub', () => services.signIn.signIn()));
  services.runs.restore().catch((error: unknown) => void showError(toJarvisError(error)));
  return owned;
}

async function pickPlan({ runs }: Services): Promise<string> {
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
