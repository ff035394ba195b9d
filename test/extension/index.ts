import { globSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { runMocha } from '../support/mocha.ts';
import { outputMark } from '../support/vscode/output.ts';

/** Called by VS Code in the extension host; rejects when a test has failed. */
export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => console.log(outputMark + format(...values));
  const files = globSync('**/*.test.js', { cwd: import.meta.dirname }).sort();
  const totals = await runMocha(
    files.map((file) => path.join(import.meta.dirname, file)),
    { timeout: 20_000, color: false },
  );
  if (totals.failed > 0) throw new Error(`${totals.failed} tests failed`);
}
