import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

const base = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');

/**
 * A folder outside the work tree, made once for a key (what it is made from) and kept. `make` fills a temporary folder
 * that is then renamed, so a half-made one is never seen, and of two processes that make it at once one wins.
 */
export async function cached(name: string, key: string, make: (folder: string) => Promise<void>): Promise<string> {
  const parent = path.join(base, 'jarvis', name);
  const folder = path.join(parent, createHash('sha256').update(key).digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  await mkdir(parent, { recursive: true });
  const temporary = await mkdtemp(path.join(parent, '.making-'));
  try {
    await make(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
