import type { DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import type { RevisionRef } from '../../domain/helm/model.ts';
import type { CommandId } from '../../contributions.ts';
import type { Services } from '../../services.ts';
import type { CommandHandlers } from '../../ui/commands.ts';
import { chooseOther, chooseRelease } from './choose-release.ts';
import { ReleaseDocuments } from './documents.ts';

/**
 * From the palette each asks of which release.
 * @param owned holds the documents, for as long as the window is open
 */
export function releaseCommands(services: Services, owned: DisposableStore) {
  const documents = owned.add(new ReleaseDocuments(services));
  const chosen = async (revision: RevisionRef | undefined, title: string) => revision ?? chooseRelease(services, title);
  return {
    'jarvis.showReleaseValues': async (from) =>
      documents.showValues(await chosen(from?.release, t('The values of which release?'))),
    'jarvis.showReleaseNotes': async (from) =>
      documents.showNotes(await chosen(from?.release, t('The notes of which release?'))),
    'jarvis.showReleaseManifest': async (from) =>
      documents.showManifest(await chosen(from?.release, t('The manifest of which release?'))),
    'jarvis.compareRevisions': async (from, selected) => {
      const revisions = selected.flatMap(({ release }) => release ?? []);
      const [one, other] = revisions.length === 2 ? revisions : [from?.release];
      const revision = await chosen(one, t('Compare which release?'));
      await documents.compare(revision, other ?? (await chooseOther(services, revision)));
    },
  } satisfies Partial<CommandHandlers<CommandId>>;
}
