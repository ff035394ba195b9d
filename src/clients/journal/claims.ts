import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Who asks for a plan, and what it knows of the others. */
export interface Claimant {
  /** Its name, which no other has. */
  readonly own: string;
  readonly isAlive: (name: string) => boolean;
}

/**
 * Claims of a plan are numbered files that hold a name and never change. The newest counts; whoever takes over from a
 * claimant that has died makes the one after it. A hard link appears whole or not at all, and to one of them only.
 * @returns whether the plan is the claimant's, now or already
 */
export async function claim(folder: string, planId: string, { own, isAlive }: Claimant): Promise<boolean> {
  const made = (await readdir(folder)).filter(
    (name) => name.startsWith(`${planId}.`) && name.endsWith('.claim'),
  ).length;
  const pathOf = (number: number) => join(folder, `${planId}.${number}.claim`);
  const holder = made === 0 ? undefined : await readFile(pathOf(made), 'utf8');
  if (holder === own) return true;
  if (holder !== undefined && isAlive(holder)) return false;
  const draft = join(folder, `${randomUUID()}.draft`);
  await writeFile(draft, own, { mode: 0o600 });
  try {
    await link(draft, pathOf(made + 1));
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return (await readFile(pathOf(made + 1), 'utf8')) === own;
  } finally {
    await unlink(draft);
  }
}
