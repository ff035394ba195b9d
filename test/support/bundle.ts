import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Metafile } from 'esbuild';
import { root } from './process.ts';

/** What is loaded when VS Code loads the extension's entry: files without their lazy chunks. */
export interface EntryBundle {
  /** Minified, static imports included. */
  bytes: number;
  /** The source files in it by their path from the project's folder, the one that takes most of it first. */
  inputs: { file: string; bytes: number }[];
}

/** Builds the extension as it is shipped, in a temporary folder, and measures its entry. */
export async function measureEntry(): Promise<EntryBundle> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-bundle-'));
  try {
    const file = path.join(folder, 'meta.json');
    const args = ['esbuild.js', '--production', `--outdir=${path.join(folder, 'dist')}`, `--metafile=${file}`];
    await promisify(execFile)(process.execPath, args, { cwd: root });
    return await entryOf(JSON.parse(await readFile(file, 'utf8')) as Metafile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function entryOf({ outputs }: Metafile): Promise<EntryBundle> {
  const nameOf = (is: (output: Metafile['outputs'][string]) => boolean) =>
    Object.entries(outputs).find(([, output]) => is(output))?.[0] ?? '';
  const entry = nameOf(({ entryPoint }) => entryPoint === 'src/extension.ts');
  // esbuild.js puts this chunk into the entry's place
  const chunk = nameOf(({ entryPoint, inputs }) => !entryPoint && (inputs['src/extension.ts']?.bytesInOutput ?? 0) > 0);
  const loaded = new Set<string>();
  const load = (name: string) => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const { kind, path: imported, external } of outputs[name]?.imports ?? []) {
      if (kind === 'import-statement' && !external) load(imported);
    }
  };
  load(chunk);
  // what is on the disk: the metafile tells of the files before they are minified
  const sizes = [...loaded].map(async (name) => (await stat(path.resolve(root, name === chunk ? entry : name))).size);
  return {
    bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0),
    inputs: [...loaded]
      .flatMap((name) => Object.entries(outputs[name]?.inputs ?? {}))
      .map(([file, { bytesInOutput }]) => ({ file, bytes: bytesInOutput }))
      .sort((a, b) => b.bytes - a.bytes),
  };
}
