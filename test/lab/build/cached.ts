import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Where a line of progress goes. */
export type Progress = (line: string) => void;

/** `${XDG_CACHE_HOME:-~/.cache}/jarvis/lab`: outlives the work tree, may be deleted at any time. */
export function cacheFolder(): string {
  const xdg = process.env['XDG_CACHE_HOME'];
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.cache'), 'jarvis', 'lab');
}

export async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

/**
 * The folder, made once: into a temporary folder beside it, renamed when whole, so that what exists is complete. A lock
 * file with the maker's process id keeps two starts from making the same thing.
 */
export async function cached(
  folder: string,
  title: string,
  log: Progress,
  make: (temporary: string) => Promise<void>,
): Promise<string> {
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const unlock = await lock(`${folder}.lock`, () => log(`${title}: another start is making it, waiting`));
  try {
    if (!existsSync(folder)) await makeInto(folder, title, log, make);
  } finally {
    await unlock();
  }
  return folder;
}

async function makeInto(folder: string, title: string, log: Progress, make: (temporary: string) => Promise<void>) {
  const temporary = `${folder}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  const begin = Date.now();
  log(`${title}: …`);
  await make(temporary);
  await rename(temporary, folder);
  log(`${title}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

async function lock(file: string, onWait: () => void): Promise<() => Promise<void>> {
  for (let attempt = 0; ; attempt++) {
    if (await tryLock(file)) return () => rm(file, { force: true });
    if (!(await holderLives(file))) await rm(file, { force: true });
    else if (attempt === 0) onWait();
    await wait(250);
  }
}

async function tryLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function holderLives(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '');
  // an empty file is a lock being written this instant
  return text === '' || isAlive(Number(text));
}

/** Whether a process of this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
