import { lazy } from '../../core/async.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import type { Services } from '../../services.ts';
import { registerCommands } from '../../ui/commands.ts';

const commands = [
  'jarvis.showReleaseValues',
  'jarvis.showReleaseNotes',
  'jarvis.showReleaseManifest',
  'jarvis.compareRevisions',
] as const;

/** What can be read of Helm's releases: documents, and how revisions differ. */
export function registerHelm(services: Services): Disposable {
  const owned = new DisposableStore();
  const load = lazy(async () => (await import('./commands.ts')).releaseCommands(services, owned));
  owned.add(registerCommands(services, commands, load));
  return owned;
}
