import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { oneLine } from '../../core/text.ts';
import { type Content, type Difference, compareReleases, compareWithLive } from '../../domain/helm/compare.ts';
import { liveObjects } from '../../domain/helm/live-objects.ts';
import type { Release, RevisionRef } from '../../domain/helm/model.ts';
import type { Services } from '../../services.ts';
import { notice } from '../../ui/notice.ts';
import { patiently } from '../../ui/patiently.ts';
import { ReadOnlyDocuments, inTitle } from '../../ui/read-only-documents.ts';
import { manifestText, notesText, textOf, valuesText } from './texts.ts';

/** As many documents VS Code opens at once without being held up. */
const mostShown = 200;

/** Releases as read-only documents, no value of a Secret in them. Every method reads anew. @throws JarvisError, CancelledError */
export class ReleaseDocuments implements Disposable {
  readonly #services: Pick<Services, 'clusters'>;
  readonly #store = new DisposableStore();
  readonly #documents = this.#store.add(new ReadOnlyDocuments('jarvis-helm'));

  constructor(services: Pick<Services, 'clusters'>) {
    this.#services = services;
  }

  async showValues(revision: RevisionRef): Promise<void> {
    await this.#show(revision, 'values.yaml', valuesText);
  }

  async showNotes(revision: RevisionRef): Promise<void> {
    await this.#show(revision, 'NOTES.txt', notesText);
  }

  async showManifest(revision: RevisionRef): Promise<void> {
    await this.#show(revision, 'manifest.yaml', manifestText);
  }

  /** The older revision is on the left; what is live is always on the right. */
  async compare(one: RevisionRef, other: RevisionRef | 'live'): Promise<void> {
    const [before, after] = other !== 'live' && other.revision < one.revision ? [other, one] : [one, other];
    const differences = await patiently(t('Comparing revisions of {0}', one.name), async (signal) =>
      after === 'live' ? this.#besideLive(before, signal) : this.#beside(before, after, signal),
    );
    const title = titleOf(before, after);
    if (differences.length === 0) {
      void notice('information', t('{0}: there is no difference.', title), []);
      return;
    }
    const shown = differences.slice(0, mostShown);
    const whole =
      shown.length < differences.length ? t('{0} (the first {1} of {2})', title, mostShown, differences.length) : title;
    const resources = shown.map((difference) => this.#write(difference, before, after));
    await vscode.commands.executeCommand('vscode.changes', whole, resources);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #beside(before: RevisionRef, after: RevisionRef, signal: AbortSignal): Promise<readonly Difference[]> {
    const [left, right] = await Promise.all([this.#read(before, signal), this.#read(after, signal)]);
    return compareReleases(left, right);
  }

  async #besideLive(revision: RevisionRef, signal: AbortSignal): Promise<readonly Difference[]> {
    const cluster = this.#services.clusters.cluster(revision.cluster);
    return compareWithLive(await this.#read(revision, signal), liveObjects(cluster, revision.namespace, signal));
  }

  #read({ cluster, namespace, name, revision }: RevisionRef, signal: AbortSignal): Promise<Release> {
    return this.#services.clusters.cluster(cluster).releases.read(namespace, name, revision, signal);
  }

  async #show(
    revision: RevisionRef,
    what: string,
    text: (release: Release) => string | Promise<string>,
  ): Promise<void> {
    const title = t('Reading revision {0} of {1}', revision.revision, revision.name);
    const release = await patiently(title, (signal) => this.#read(revision, signal));
    const name = `${revision.name} ${revision.revision} ${what}`;
    await this.#documents.show(uriOf(revision, String(revision.revision), name), await text(release));
  }

  /** What `vscode.changes` takes: the row's name, the earlier and the later document. */
  #write(
    { name, before, after }: Difference,
    one: RevisionRef,
    other: RevisionRef | 'live',
  ): readonly [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined] {
    const write = (content: Content, state: string) => {
      if (content === undefined) return undefined;
      const uri = uriOf(one, state, name);
      this.#documents.write(uri, textOf(content));
      return uri;
    };
    const left = write(before, String(one.revision));
    const right = write(after, other === 'live' ? other : String(other.revision));
    return [right ?? left ?? uriOf(one, '', name), left, right];
  }
}

function titleOf({ name, revision }: RevisionRef, other: RevisionRef | 'live'): string {
  const right = other === 'live' ? t('live') : t('revision {0}', other.revision);
  return oneLine(`${name}: ${t('revision {0}', revision)} ↔ ${right}`);
}

/** The path is what is shown; the query tells documents of one name apart. */
function uriOf({ cluster, namespace, name }: RevisionRef, state: string, title: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: 'jarvis-helm',
    path: `/${inTitle(title)}`,
    query: JSON.stringify([cluster.context, cluster.server, namespace, name, state]),
  });
}
