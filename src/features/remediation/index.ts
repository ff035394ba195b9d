import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { toJarvisError } from '../../core/errors.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';
import { showError } from '../../ui/errors.ts';
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
      await pages.open({ planId: from?.planId ?? (await askForPlan(services)) });
    }),
  );
  owned.add(registerCommand(services, 'jarvis.signInGitHub', async () => (await services.signIn()).signIn()));
  // not before activation has ended
  owned.add(services.clock.after(0, () => void restore(services)));
  return owned;
}

/** What the journal tells; tried again when somebody has seen to why it cannot be read. */
async function restore(services: Services): Promise<void> {
  try {
    await services.runs.restore();
  } catch (error) {
    await showError(toJarvisError(error), () => void restore(services));
  }
}

async function askForPlan(services: Services): Promise<string> {
  const { pickPlan } = await import('./pick-plan.ts');
  return pickPlan(services);
}
