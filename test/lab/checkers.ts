import { join } from 'node:path';
import { type Progress, cached, cacheFolder, hashOf } from './build/cached.ts';
import { findGo, goEnvironment } from './build/go.ts';
import { run } from './process/run.ts';

const module = join(import.meta.dirname, 'checkers');

/** The folder with actionlint, hclfmt and terraform-config-inspect: compiled once, in a quarter of a minute. */
export async function installedCheckers(log: Progress): Promise<string> {
  const hash = await hashOf([join(module, 'go.mod'), join(module, 'go.sum')]);
  return cached(join(cacheFolder(), `checkers-${hash}`), 'actionlint, HCL', log, async (folder) => {
    const flags = ['build', '-trimpath', '-ldflags', '-s -w', '-o', `${folder}/`, 'tool'];
    await run(await findGo(log), flags, { cwd: module, env: goEnvironment() });
  });
}
