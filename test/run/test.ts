/**
 * npm test [-- KIND… --grep TEXT]: every kind of test, or only the named ones. The last line tells the totals of all.
 */
import { globSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Totals, totalsVariable } from '../support/mocha.ts';
import { root, run, step } from '../support/process.ts';
import { extensionTests } from './extension.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' } } });

/** What a kind is started with: the environment that asks for totals, and where it tells its story. */
interface Start {
  readonly env: Record<string, string>;
  readonly output: 'inherit' | number;
}

/** In the order in which they run: what fails fast comes first. Each resolves with an exit code. */
const kinds: Record<string, (start: Start) => Promise<number>> = {
  unit: plain('test/{unit,fuzz}/**/*.test.ts', 10_000),
  lab: plain('test/lab/**/*.test.ts', 120_000),
  extension: ({ env }) => extensionTests(env),
  e2e: plain('test/e2e/**/*.test.ts', 120_000),
};
const needBuild = ['extension', 'e2e'];
/** Waits for servers most of its time: it runs beside the kinds that drive VS Code, and is told of when it has ended. */
const runsBeside = 'lab';

const chosen = positionals.length > 0 ? positionals : Object.keys(kinds);
const notRun: Totals = { passed: 0, failed: 1, skipped: 0 };
const all: Totals[] = [];
const built = chosen.some((kind) => needBuild.includes(kind)) ? await buildJarvis() : false;
let beside: Promise<Totals> | undefined;
for (const kind of chosen) {
  const isLast = chosen.at(-1) === kind;
  if (kind === runsBeside && !isLast) beside = toldAtItsEnd(kind);
  else all.push(built || !needBuild.includes(kind) ? await inTheOpen(kind) : notRun);
}
if (beside) all.push(await beside);
const sum = (what: keyof Totals) => all.reduce((count, totals) => count + totals[what], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}\n`);
process.exitCode = sum('failed') > 0 ? 1 : 0;

async function buildJarvis(): Promise<boolean> {
  return (await step('Building Jarvis', () => run(process.execPath, ['esbuild.js']))) === 0;
}

function inTheOpen(kind: string): Promise<Totals> {
  return step(`Tests: ${kind}`, () => totalsOf(kind, 'inherit'));
}

async function toldAtItsEnd(kind: string): Promise<Totals> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-output-'));
  const file = path.join(folder, 'output');
  const output = await open(file, 'w');
  try {
    const totals = await step(`Tests: ${kind}`, () => totalsOf(kind, output.fd));
    process.stdout.write(await readFile(file, 'utf8'));
    return totals;
  } finally {
    await output.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Test processes that end badly without telling a failed test count as one. */
async function totalsOf(kind: string, output: Start['output']): Promise<Totals> {
  const start = kinds[kind];
  if (!start) throw new Error(`Unknown kind of test "${kind}"; there are ${Object.keys(kinds).join(', ')}.`);
  const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-totals-'));
  const file = path.join(folder, 'totals.json');
  try {
    const code = await start({ env: { [totalsVariable]: file }, output });
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
  return ({ env, output }: Start) => {
    const files = globSync(glob, { cwd: root }).sort();
    const grep = values.grep === undefined ? [] : ['--grep', values.grep];
    const args = ['test/run/mocha.ts', '--timeout', String(timeout), ...grep, ...files];
    return run(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', output, output] });
  };
}
