import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { type Disposable, DisposableStore, disposable } from '../../core/disposable.ts';
import { awsFiles, type Environment } from './scopes.ts';

const settleMs = 300;

/**
 * Calls when the shared config files or the sign-in tokens change, once for a burst. Folders that do not exist yet are
 * not watched: the poll finds what appears there.
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
  for (const file of [config, credentials]) watchFolder(store, dirname(file), changed, basename(file));
  for (const folder of tokenFolders) watchFolder(store, folder, changed);
  return store;
}

function watchFolder(store: DisposableStore, folder: string, changed: () => void, only?: string): void {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (!only || name === null || name === only) changed();
    });
    watcher.on('error', () => watcher.close()); // the folder went away
    store.add(disposable(() => watcher.close()));
  } catch {
    // no such folder: see above
  }
}
