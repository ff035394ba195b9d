import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root, run } from '../support/process.ts';

/**
 * Jarvis as it is shipped, built into a folder of its own, so that no other build is measured.
 * @param manifest what differs from package.json
 */
export async function buildExtension(folder: string, manifest: Record<string, unknown> = {}): Promise<string> {
  const target = path.join(folder, 'jarvis');
  const code = await run(process.execPath, ['esbuild.js', '--production', `--outdir=${path.join(target, 'dist')}`]);
  if (code !== 0) throw new Error('Jarvis cannot be built.');
  const shipped = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  await writeFile(path.join(target, 'package.json'), JSON.stringify({ ...shipped, ...manifest }));
  for (const name of ['package.nls.json', 'package.nls.ko.json'])
    await cp(path.join(root, name), path.join(target, name));
  for (const name of ['l10n', 'media']) await symlink(path.join(root, name), path.join(target, name), 'junction');
  return target;
}
