import { lazy } from '../../core/async.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import type { Services } from '../../services.ts';
import { registerCommands } from '../../ui/commands.ts';
import type { Memory } from '../../ui/memory.ts';

const commands = [
  'jarvis.describe',
  'jarvis.showEvents',
  'jarvis.watchObject',
  'jarvis.diffObjects',
  'jarvis.copyKubectl',
  'jarvis.copyPath',
  'jarvis.openGrafana',
  'jarvis.portForward',
  'jarvis.stopPortForward',
  'jarvis.execInPod',
] as const;

/** What can be done with any object without changing it. */
export function registerObjects(services: Services): Disposable {
  const owned = new DisposableStore();
  const forwards = lazy(async () => {
    const { PortForwards } = await import('./port-forwards.ts');
    return owned.add(new PortForwards(services));
  });
  const load = lazy(async () => (await import('./commands.ts')).objectCommands(services, owned, forwards));
  owned.add(registerCommands(services, commands, load));
  // what ran when the window ended; nothing of it is loaded where nothing did
  const memory: Memory = services.context.workspaceState;
  if (memory.get('jarvis.portForwards')) void forwards().then((all) => all.tellEnded());
  return owned;
}
