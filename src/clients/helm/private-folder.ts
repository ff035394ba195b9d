import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'jarvis-helm-';
/** No Helm runs for longer; a folder as old as this was left by a window that died. */
const longestMs = 60 * 60_000;

/** Gives a folder that only this user may enter (mkdtemp makes it 0700), and removes it when the use has ended. */
export async function withPrivateFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  await removeForgotten();
  const folder = await mkdtemp(join(tmpdir(), prefix));
  try {
    return await use(folder);
  } finally {
    // what was done is done, whether its folder can be removed or not: the next use tries again
    await remove(folder).catch(() => undefined);
  }
}

/** Of a temporary folder that may not be listed, or whose folders are another user's, nothing is removed. */
async function removeForgotten(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const folders = names.filter((name) => name.startsWith(prefix)).map((name) => join(tmpdir(), name));
  await Promise.allSettled(
    folders.map(async (folder) => {
      const { mtimeMs } = await stat(folder);
      if (Date.now() - mtimeMs > longestMs) await remove(folder);
    }),
  );
}

/** With patience for virus scanners, which hold files on Windows. */
function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
