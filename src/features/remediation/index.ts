import type { CommandId, Commands } from '../../contributions.ts';
import { lazy } from '../../core/async.ts';
import { type Disposable, DisposableStore, madeLater } from '../../core/disposable.ts';
import { toJarvisError } from '../../core/errors.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';
import { showError } from '../../ui/errors.ts';
import type { Feature } from '../feature.ts';
import { actionPages } from './action-pages.ts';

/** What makes plans, loaded when it is asked for. A remedy's questions are a file beside this one and a line here. */
const planners: readonly Feature[] = [
  planner('jarvis.scaleHpa', async () => (await import('./scale-hpa.ts')).scaleHpa),
  planner('jarvis.restartRollout', async () => (await import('./restart.ts')).restartRollout),
  planner('jarvis.switchWaf', async () => (await import('./switch-waf.ts')).switchWaf),
  planner('jarvis.rollbackRelease', async () => (await import('./rollback-release.ts')).rollbackRelease),
  planner('jarvis.undo', async () => (await import('./undo.ts')).undo),
];

/** The remedies, Undo…, and the pages on which plans are confirmed and followed. */
export function registerRemediation(services: Services): Disposable {
  const owned = new DisposableStore();
  const pages = owned.add(actionPages(services));
  for (const register of planners) owned.add(register(services));
  owned.add(
    registerCommand(services, 'jarvis.openAction', async (from) => {
      await pages.open({ planId: from?.planId ?? (await askForPlan(services)) });
    }),
  );
  owned.add(registerCommand(services, 'jarvis.signInGitHub', async () => (await services.signIn()).signIn()));
  owned.add(wayBacks(services));
  // not before activation has ended
  owned.add(services.clock.after(0, () => void restore(services)));
  const others = () =>
    madeLater(async () => {
      const { hearOtherWindows } = await import('./other-windows.ts');
      return () => hearOtherWindows(services);
    });
  owned.add(services.clock.after(0, () => owned.add(others())));
  return owned;
}

/** Of the plans that are to be taken back by themselves; loaded with the first of them. */
function wayBacks(services: Services): Disposable {
  const owned = new DisposableStore();
  const load = lazy(async () => {
    owned.add((await import('./way-backs.ts')).wayBacks(services));
  });
  const { runs } = services;
  owned.add(runs.onDidChange(() => void (runs.all.some(({ plan }) => plan.backAfterMs !== undefined) && load())));
  return owned;
}

function planner<K extends CommandId>(
  id: K,
  load: () => Promise<(services: Services, from: Parameters<Commands[K]>[0]) => Promise<void>>,
): Feature {
  const plan = async (services: Services, from: Parameters<Commands[K]>[0]) => (await load())(services, from);
  return (services) => registerCommand(services, id, (from) => plan(services, from), { single: true });
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
