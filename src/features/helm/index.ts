import { lazy } from '../../core/async.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import type { RevisionRef } from '../../domain/helm/model.ts';
import type { CommandId } from '../../contributions.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';
import type { ReleaseDocuments } from './documents.ts';

/** What can be read of Helm's releases: documents, and how revisions differ. From the palette each asks of which release. */
export function registerHelm(services: Services): Disposable {
  const owned = new DisposableStore();
  const documents = lazy(async () => {
    const { ReleaseDocuments } = await import('./documents.ts');
    return owned.add(new ReleaseDocuments(services));
  });
  const chosen = async (revision: RevisionRef | undefined, title: string) => {
    if (revision) return revision;
    const { chooseRelease } = await import('./choose-release.ts');
    return chooseRelease(services, title);
  };
  const shows = (id: ShowCommand, title: () => string, show: Show) =>
    owned.add(
      registerCommand(services, id, async (from) => show(await documents(), await chosen(from?.release, title()))),
    );
  shows(
    'jarvis.showReleaseValues',
    () => t('The values of which release?'),
    (all, revision) => all.showValues(revision),
  );
  shows(
    'jarvis.showReleaseNotes',
    () => t('The notes of which release?'),
    (all, revision) => all.showNotes(revision),
  );
  shows(
    'jarvis.showReleaseManifest',
    () => t('The manifest of which release?'),
    (all, revision) => all.showManifest(revision),
  );
  owned.add(
    registerCommand(services, 'jarvis.compareRevisions', async (from, selected) => {
      const revisions = selected.flatMap(({ release }) => release ?? []);
      const [one, other] = revisions.length === 2 ? revisions : [from?.release];
      const { chooseOther } = await import('./choose-release.ts');
      const revision = await chosen(one, t('Compare which release?'));
      await (await documents()).compare(revision, other ?? (await chooseOther(services, revision)));
    }),
  );
  return owned;
}

type ShowCommand = Extract<CommandId, `jarvis.showRelease${string}`>;
type Show = (documents: ReleaseDocuments, revision: RevisionRef) => Promise<void>;
