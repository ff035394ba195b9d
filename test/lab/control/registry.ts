import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { cacheFolder, isAlive } from '../build/cached.ts';

const Entry = v.object({ url: v.string(), token: v.string(), startedAt: v.number() });

const folder = () => join(cacheFolder(), 'running');
const fileOf = (pid: number) => join(folder(), `${pid}.json`);

/** Notes where this process's lab takes commands. @returns what removes the note. */
export async function register(control: { url: string; token: string }): Promise<() => Promise<void>> {
  await mkdir(folder(), { recursive: true });
  const file = fileOf(process.pid);
  await writeFile(file, JSON.stringify({ ...control, startedAt: Date.now() }), { mode: 0o600 });
  return () => rm(file, { force: true });
}

/** The youngest running lab of this user; notes of labs that died are removed on the way. */
export async function findRunning(): Promise<{ url: string; token: string } | undefined> {
  const pids = (await readdir(folder()).catch(() => [])).map((name) => Number.parseInt(name, 10));
  const entries = await Promise.all(pids.map(readEntry));
  return entries.filter((entry) => entry !== undefined).sort((a, b) => b.startedAt - a.startedAt)[0];
}

async function readEntry(pid: number): Promise<v.InferOutput<typeof Entry> | undefined> {
  if (isAlive(pid)) return v.parse(Entry, JSON.parse(await readFile(fileOf(pid), 'utf8')));
  await rm(fileOf(pid), { force: true });
  return undefined;
}
