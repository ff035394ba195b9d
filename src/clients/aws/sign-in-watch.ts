import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { type Disposable, DisposableStore, disposable } from '../../core/disposable.ts';
import { awsFiles, type Environment } from './scopes.ts';

const settleMs = 300;

/**
 * Calls when the shared config files or the sign-in tokens change, once for a burst. A folder that is not there yet (a
 * first `aws sso login` makes it) is waited for at the nearest one above it.
 */
export function watchSignIn(env: Environment, clock: Clock, onChange: () => void): Disposable {
  const store = new DisposableStore();
  let settling: Disposable | undefined;
  store.add(disposable(() => settling?.dispose()));
  const changed = () => {
    settling?.dispose();
    settling = clock.after(settleMs, onChange);
  };
  const { config, credentials, tokenFolders } = awsFiles(env);
  for (const file of [config, credentials]) store.add(new FolderWatch(dirname(file), basename(file), changed));
  for (const folder of tokenFolders) store.add(new FolderWatch(folder, undefined, changed));
  return store;
}

/** Tells of changes in a folder, in all of it or of one name. */
class FolderWatch implements Disposable {
  readonly #folder: string;
  readonly #only: string | undefined;
  readonly #onChange: () => void;
  #watcher: FSWatcher | undefined;
  #isOver = false;

  constructor(folder: string, only: string | undefined, onChange: () => void) {
    this.#folder = folder;
    this.#only = only;
    this.#onChange = onChange;
    this.#start();
  }

  dispose(): void {
    this.#isOver = true;
    this.#watcher?.close();
  }

  #start(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    if (this.#isOver) return;
    const { existing, next } = nearest(this.#folder);
    try {
      this.#watcher = watch(existing, { persistent: false }, (_, name) => this.#heard(name, next));
      this.#watcher.on('error', () => this.#start()); // the folder went away
    } catch {
      return; // it went away between the look and the watch, or may not be read: the poll finds what appears there
    }
    // what came between the look and the watch
    if (next !== undefined && existsSync(join(existing, next))) this.#appeared();
  }

  #heard(name: string | null, next: string | undefined): void {
    const wanted = next ?? this.#only;
    if (wanted !== undefined && name !== null && name !== wanted) return;
    if (next === undefined) {
      if (!existsSync(this.#folder)) this.#start(); // it went away itself
      this.#onChange();
    } else if (existsSync(this.#folder)) this.#appeared();
    else this.#start();
  }

  #appeared(): void {
    this.#start();
    this.#onChange();
  }
}

/** The folder itself, or the nearest above it that exists, with the name below that which is missing. */
function nearest(folder: string): { readonly existing: string; readonly next?: string } {
  if (existsSync(folder)) return { existing: folder };
  const parent = dirname(folder);
  const found = nearest(parent);
  return found.next === undefined && parent !== folder ? { ...found, next: basename(folder) } : found;
}
