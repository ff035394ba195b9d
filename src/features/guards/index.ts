import { type Disposable, DisposableStore, madeLater } from '../../core/disposable.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';

/** The production lock and the read-only mode: their commands, and what the status bar says of them. */
export function registerGuards(services: Services): Disposable {
  const owned = new DisposableStore();
  owned.add(
    registerCommand(
      services,
      'jarvis.unlockProduction',
      async (from) => (await import('./unlock.ts')).unlockProduction(services, from?.cluster),
      { single: true },
    ),
  );
  owned.add(registerCommand(services, 'jarvis.lockProduction', () => services.runs.lock()));
  // not before activation has ended
  const status = () => madeLater(async () => (await import('./status.ts')).showGuards(services));
  owned.add(services.clock.after(0, () => owned.add(status())));
  return owned;
}
