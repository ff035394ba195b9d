/**
 * npm test [-- KIND… --grep TEXT]: every kind of test, or only the named ones. The last line tells the totals of all.
 */
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Totals, totalsVariable } from '../support/mocha.ts';
import { root, run, step } from '../support/process.ts';
import { extensionTests } from './extension.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' } } });

/** In the order in which they run: what fails fast comes first. Each resolves with an exit code. */
const kinds: Record<string, (env: Record<string, string>) => Promise<number>> = {
  unit: plain('test/unit/**/*.test.ts', 10_000),
  lab: plain('test/lab/**/*.test.ts', 120_000),
  extension: extensionTests,
  e2e: plain('test/e2e/**/*.test.ts', 120_000),
};
const needBuild = ['extension', 'e2e'];

const chosen = positionals.length > 0 ? positionals : Object.keys(kinds);
const sum: Totals = { passed: 0, failed: 0, skipped: 0 };
const notRun: Totals = { passed: 0, failed: 1, skipped: 0 };
const built = chosen.some((kind) => needBuild.includes(kind)) ? await buildJarvis() : false;
for (const kind of chosen) {
  const runnable = built || !needBuild.includes(kind);
  const totals = runnable ? await step(`Tests: ${kind}`, () => totalsOf(kind)) : notRun;
  sum.passed += totals.passed;
  sum.failed += totals.failed;
  sum.skipped += totals.skipped;
}
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed${skipped}\n`);
process.exitCode = sum.failed > 0 ? 1 : 0;

async function buildJarvis(): Promise<boolean> {
  return (await step('Building Jarvis', () => run(process.execPath, ['esbuild.js']))) === 0;
}

/** Test processes that end badly without telling a failed test count as one. */
async function totalsOf(kind: string): Promise<Totals> {
  const start = kinds[kind];
  if (!start) throw new Error(`Unknown kind of test "${kind}"; there are ${Object.keys(kinds).join(', ')}.`);
  const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-totals-'));
  const file = path.join(folder, 'totals.json');
  try {
    const code = await start({ [totalsVariable]: file });
    const totals = await readTotals(file);
    return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readTotals(file: string): Promise<Totals> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Totals;
  } catch (error) {
    process.stderr.write(`No totals were told: ${String(error)}\n`);
    return notRun;
  }
}

function plain(glob: string, timeout: number) {
  return async (env: Record<string, string>) => {
    const files = globSync(glob, { cwd: root }).sort();
    const grep = values.grep === undefined ? [] : ['--grep', values.grep];
    const args = ['test/run/mocha.ts', '--timeout', String(timeout), ...grep, ...files];
    return run(process.execPath, args, { env: { ...process.env, ...env } });
  };
}
