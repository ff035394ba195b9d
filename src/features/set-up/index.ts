import { type Disposable, joined } from '../../core/disposable.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';

/** What a team needs before its first remedy: written by one command, tested by the other. */
export function registerSetUp(services: Services): Disposable {
  const setUp = async () => (await import('./set-up.ts')).setUpRemediation(services);
  const check = async () => (await import('./check.ts')).checkSetUp(services);
  return joined([
    registerCommand(services, 'jarvis.setUpRemediation', setUp, { single: true }),
    registerCommand(services, 'jarvis.checkSetUp', check),
  ]);
}
