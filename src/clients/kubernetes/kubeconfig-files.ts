import { type StatWatcher, type Stats, unwatchFile, watchFile } from 'node:fs';
import { SingleFlight } from '../../core/async.ts';
import type { Disposable } from '../../core/disposable.ts';
import { Emitter } from '../../core/event.ts';
import { type Kubeconfig, type KnownFiles, loadKubeconfig } from './kubeconfig.ts';

/** Looked at by name, not by inode: files are replaced, linked elsewhere, or not there yet. */
const interval = 1000;

/** The kubeconfig as its files are now; told when one of them changes. */
export class KubeconfigFiles implements Disposable {
  readonly #paths: () => readonly string[];
  readonly #loads = new SingleFlight<'it', Kubeconfig>();
  readonly #known: KnownFiles = new Map();
  readonly #changes = new Emitter<undefined>();
  readonly onDidChange = this.#changes.event;
  #watched = new Map<string, StatWatcher>();
  readonly #changed = (now: Stats, before: Stats) => {
    // merely reading a file changes its access time
    if (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino) this.reload();
  };

  constructor(paths: () => readonly string[]) {
    this.#paths = paths;
  }

  /** @throws JarvisError kube.kubeconfigMissing, kube.kubeconfigBroken */
  load(): Promise<Kubeconfig> {
    const paths = this.#paths();
    this.#watch(paths);
    return this.#loads.get('it', () => loadKubeconfig(paths, this.#known));
  }

  reload(): void {
    this.#loads.clear();
    this.#changes.fire(undefined);
  }

  dispose(): void {
    this.#watch([]);
    this.#changes.dispose();
  }

  #watch(paths: readonly string[]): void {
    for (const path of this.#watched.keys()) if (!paths.includes(path)) unwatchFile(path, this.#changed);
    const added = paths.filter((path) => !this.#watched.has(path));
    const kept = [...this.#watched].filter(([path]) => paths.includes(path));
    const options = { interval, persistent: false };
    this.#watched = new Map([
      ...kept,
      ...added.map((path) => [path, watchFile(path, options, this.#changed)] as const),
    ]);
  }
}
