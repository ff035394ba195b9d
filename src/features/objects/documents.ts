import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { comparable } from '../../domain/kubernetes/comparable.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import { presentable } from '../../domain/kubernetes/presentable.ts';
import type { JsonObject } from '../../domain/remediation/json.ts';
import type { Services } from '../../services.ts';
import { patiently } from '../../ui/patiently.ts';
import { ReadOnlyDocuments, inTitle } from '../../ui/read-only-documents.ts';
import { eventsText } from './events-text.ts';
import { FollowedText } from './followed-text.ts';
import { comparisonInWords, inWords } from './in-words.ts';
import { isVast, yamlOf } from './yaml.ts';

type DocumentServices = Pick<Services, 'clusters' | 'clock'>;

/** What there is to read of an object, each under an ending of its own. */
const endings = { described: 'yaml', compared: 'compared.yaml', followed: 'live.yaml', events: 'events.log' } as const;

/** Kinds whose pods' events belong to theirs. */
const withPods = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob']);

/** Objects as read-only documents. Every method reads anew. @throws JarvisError, CancelledError */
export class ObjectDocuments implements Disposable {
  readonly #services: DocumentServices;
  readonly #store = new DisposableStore();
  readonly #documents = this.#store.add(new ReadOnlyDocuments('jarvis-object'));
  readonly #followed = new Map<string, Disposable>();

  constructor(services: DocumentServices) {
    this.#services = services;
    // a closed tab ends the watch at once; VS Code keeps the document itself for some minutes
    this.#store.add(vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.#closed(closed)));
  }

  async describe(object: ObjectRef): Promise<void> {
    const json = await this.#read(object);
    await this.#documents.show(uriOf(object, 'described'), yamlOf(presentable(json)));
  }

  async showEvents(object: ObjectRef): Promise<void> {
    const cluster = this.#services.clusters.cluster(object.cluster);
    const events = await patiently(t('Reading the events of {0}', inWords(object)), (signal) =>
      cluster.events(object, signal, withPods.has(object.kind)),
    );
    const now = this.#services.clock.now() + cluster.clockSkew;
    await this.#documents.show(uriOf(object, 'events'), eventsText(object, events, now));
  }

  async compare(left: ObjectRef, right: ObjectRef): Promise<void> {
    const uris = [left, right].map((object) => uriOf(object, 'compared'));
    const objects = await Promise.all([this.#read(left), this.#read(right)]);
    const asJson = objects.some(isVast); // both in one form
    objects.forEach((json, index) => {
      const uri = uris[index];
      if (uri) this.#documents.write(uri, comparedText(json, asJson));
    });
    const title = comparisonInWords(left, right);
    await vscode.commands.executeCommand('vscode.diff', ...uris, title, { preview: true });
  }

  async follow(object: ObjectRef): Promise<void> {
    const uri = uriOf(object, 'followed');
    if (!this.#followed.has(uri.toString())) this.#followed.set(uri.toString(), this.#watch(object, uri));
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  dispose(): void {
    for (const watch of this.#followed.values()) watch.dispose();
    this.#store.dispose();
  }

  #read(object: ObjectRef) {
    const cluster = this.#services.clusters.cluster(object.cluster);
    return patiently(t('Reading {0}', inWords(object)), (signal) => cluster.read(object, signal));
  }

  #watch(object: ObjectRef, uri: vscode.Uri): Disposable {
    const { clusters, clock } = this.#services;
    const watch = new DisposableStore();
    const text = new FollowedText(object);
    const { store } = watch.add(clusters.cluster(object.cluster).follow(object));
    const write = () => this.#documents.write(uri, text.next(store.objects, clock.now()));
    watch.add(store.onDidChange(write));
    write();
    return watch;
  }

  #closed(tabs: readonly vscode.Tab[]): void {
    for (const { input } of tabs) {
      const key = input instanceof vscode.TabInputText ? input.uri.toString() : '';
      if (!this.#followed.has(key) || isOpen(key)) continue;
      this.#followed.get(key)?.dispose();
      this.#followed.delete(key);
    }
  }
}

/** It may be shown in another group of editors. */
function isOpen(key: string): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === key);
}

function comparedText(json: JsonObject, asJson: boolean): string {
  const left = [t('Left out: what any two objects differ in: identity, versions, times, managedFields.')];
  if (json['kind'] === 'Secret') left.push(t('Values are masked: that two have the same length says nothing more.'));
  return [...left.map((line) => `# ${line}`), yamlOf(comparable(json), asJson)].join('\n');
}

/** The path is the tab's title; the query tells objects of one name in different places apart. */
function uriOf(object: ObjectRef, as: keyof typeof endings): vscode.Uri {
  const { cluster, group, version, resource, namespace, kind, name } = object;
  return vscode.Uri.from({
    scheme: 'jarvis-object',
    path: `/${inTitle(`${kind} ${name}`)}.${endings[as]}`,
    query: JSON.stringify([cluster.context, cluster.server, group, version, resource, namespace, name]),
  });
}
