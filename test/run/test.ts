/**
 * npm test [-- KIND… --grep TEXT]: every kind of test, or only the named ones. The last line tells the totals of all.
 */
import { globSync, statSync } from 'node:fs';
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

/** Test files that share a process. @returns its exit code */
interface Track {
  readonly name: string;
  readonly start: (start: Start) => Promise<number>;
  /** Ends soon: what it tells is shown as it comes. */
  readonly short?: boolean;
}

/** About half of the time that all of the lab takes. */
const storyAndRoutes = 'test/lab/{lab,routes}.test.ts';
/** In the order in which they begin: what takes long first, so that they end together. */
const kinds: Record<string, readonly Track[]> = {
  lab: [
    plain('lab, the story and the routes', 120_000, [storyAndRoutes]),
    plain('lab', 120_000, ['test/lab/**/*.test.ts'], [storyAndRoutes]),
  ],
  unit: [{ ...plain('unit', 10_000, ['test/{unit,fuzz}/**/*.test.ts']), short: true }],
  extension: [{ name: 'extension', start: ({ env }) => extensionTests(env), short: true }],
  e2e: [...eachFile('test/e2e/*.test.ts'), plain('e2e webviews', 120_000, ['test/e2e/webviews/*.test.ts'])],
};
/** Labs and windows wait for one another most of their time: two cores are busy with four, and no test's time runs out yet. */
const atOnce = 4;
const needBuild = ['extension', 'e2e'];

const chosen = positionals.length > 0 ? positionals : Object.keys(kinds);
const notRun: Totals = { passed: 0, failed: 1, skipped: 0, failures: ['Tests that have not run.'] };
const built = chosen.some((kind) => needBuild.includes(kind)) ? await buildJarvis() : false;
const tracks = chosen.flatMap((kind) => (built || !needBuild.includes(kind) ? tracksOf(kind) : [unbuilt(kind)]));
const totals = await allOf(tracks);
const sum = (what: 'passed' | 'failed' | 'skipped') => totals.reduce((count, one) => count + one[what], 0);
// again at the end: whoever reads no more than the last lines learns what to mend
for (const failure of totals.flatMap(({ failures }) => failures)) process.stdout.write(`\nFAILED ${failure}\n`);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}\n`);
process.exitCode = sum('failed') > 0 ? 1 : 0;

function tracksOf(kind: string): readonly Track[] {
  const found = kinds[kind];
  if (!found) throw new Error(`Unknown kind of test "${kind}"; there are ${Object.keys(kinds).join(', ')}.`);
  return found;
}

async function buildJarvis(): Promise<boolean> {
  return (await step('Building Jarvis', () => run(process.execPath, ['esbuild.js']))) === 0;
}

function unbuilt(kind: string): Track {
  return { name: kind, start: () => Promise.resolve(1) };
}

/** The totals of each track, a few at once. */
async function allOf(tracks: readonly Track[]): Promise<readonly Totals[]> {
  const queue = [...tracks];
  const totals: Totals[] = [];
  const oneAfterAnother = async () => {
    for (let track = queue.shift(); track; track = queue.shift())
      totals.push(await (track.short || tracks.length === 1 ? inTheOpen(track) : toldAtItsEnd(track)));
  };
  await Promise.all(Array.from({ length: atOnce }, oneAfterAnother));
  return totals;
}

function inTheOpen(track: Track): Promise<Totals> {
  return step(`Tests: ${track.name}`, () => totalsOf(track, 'inherit'));
}

async function toldAtItsEnd(track: Track): Promise<Totals> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-output-'));
  const file = path.join(folder, 'output');
  const output = await open(file, 'w');
  try {
    const totals = await step(`Tests: ${track.name}`, () => totalsOf(track, output.fd));
    process.stdout.write(await readFile(file, 'utf8'));
    return totals;
  } finally {
    await output.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Test processes that end badly without telling a failed test count as one. */
async function totalsOf({ name, start }: Track, output: Start['output']): Promise<Totals> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-totals-'));
  const file = path.join(folder, 'totals.json');
  try {
    const code = await start({ env: { [totalsVariable]: file }, output });
    const totals = await readTotals(file);
    if (code === 0 || totals.failed > 0) return totals;
    return { ...totals, failed: 1, failures: [`${name}: ended with exit code ${code}, though no test had failed`] };
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

/** A track for each file, long ones first: the longer its text, the longer it takes, as a rule. */
function eachFile(glob: string): readonly Track[] {
  const lengthOf = (file: string) => statSync(path.join(root, file)).size;
  const files = globSync(glob, { cwd: root }).sort((one, other) => lengthOf(other) - lengthOf(one));
  return files.map((file) => plain(`e2e ${path.basename(file, '.test.ts')}`, 180_000, [file]));
}

function plain(name: string, timeout: number, globs: readonly string[], except: readonly string[] = []): Track {
  const start = ({ env, output }: Start) => {
    const files = globSync(globs, { cwd: root, exclude: except }).sort();
    const grep = values.grep === undefined ? [] : ['--grep', values.grep];
    const args = ['test/run/mocha.ts', '--timeout', String(timeout), ...grep, ...files];
    return run(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', output, output] });
  };
  return { name, start };
}
