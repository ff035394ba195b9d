import { writeFile } from 'node:fs/promises';
import Mocha from 'mocha';

/** How many tests passed, failed and were left out, and what to look for of those that failed. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Their whole titles with the errors. */
  readonly failures: readonly string[];
}

/** The environment's name for the file that the totals of a test process are written to. */
export const totalsVariable = 'JARVIS_TEST_TOTALS';

/** Runs the test files with mocha in this process, and writes the totals where the environment says. */
export async function runMocha(files: readonly string[], options: Mocha.MochaOptions): Promise<Totals> {
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', ...options });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const totals = await new Promise<Totals>((resolve) => {
    const failures: string[] = [];
    const runner = mocha.run(() => resolve({ ...countsOf(runner.stats), failures }));
    runner.on('fail', (test, error: Error) =>
      failures.push(`${test.fullTitle()}\n    ${error.stack ?? error.message}`),
    );
  });
  const file = process.env[totalsVariable];
  if (file !== undefined) await writeFile(file, JSON.stringify(totals));
  return totals;
}

function countsOf(stats: Mocha.Stats | undefined): Omit<Totals, 'failures'> {
  return { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0, skipped: stats?.pending ?? 0 };
}
