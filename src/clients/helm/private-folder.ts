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
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeForgotten(): Promise<void> {
  const folders = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  await Promise.allSettled(
    folders.map(async (name) => {
      const folder = join(tmpdir(), name);
      const { mtimeMs } = await stat(folder);
      if (Date.now() - mtimeMs > longestMs) await rm(folder, { recursive: true, force: true });
    }),
  );
}
