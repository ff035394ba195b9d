import { writeFile } from 'node:fs/promises';
import Mocha from 'mocha';

/** How many tests passed, failed and were left out. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** The environment's name for the file that the totals of a test process are written to. */
export const totalsVariable = 'JARVIS_TEST_TOTALS';

/** Runs the test files with mocha in this process, and writes the totals where the environment says. */
export async function runMocha(files: readonly string[], options: Mocha.MochaOptions): Promise<Totals> {
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', ...options });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const totals = await new Promise<Totals>((resolve) => {
    const runner = mocha.run(() => resolve(totalsOf(runner.stats)));
  });
  const file = process.env[totalsVariable];
  if (file !== undefined) await writeFile(file, JSON.stringify(totals));
  return totals;
}

function totalsOf(stats: Mocha.Stats | undefined): Totals {
  return { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0, skipped: stats?.pending ?? 0 };
}
