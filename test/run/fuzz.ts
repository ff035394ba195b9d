/**
 * npm run fuzz [-- NAME… --cases N --seed S --path P --grep TEXT]: tries each parser's properties (test/fuzz/NAME.test.ts) with
 * many random inputs. One that fails tells how to try its input again.
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { environment } from '../fuzz/support.ts';
import { root, run, step } from '../support/process.ts';

/** A parser that takes longer than all others together has hung. */
const longestMs = 30 * 60_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    path: { type: 'string' },
    grep: { type: 'string' },
  },
});
const { cases, seed, grep } = values;
process.stdout.write(`${cases} inputs for each property, seed ${seed}\n`);
const env = {
  ...process.env,
  [environment.cases]: cases,
  [environment.seed]: seed,
  ...(values.path !== undefined && { [environment.path]: values.path }),
};

for (const file of globSync('test/fuzz/*.test.ts', { cwd: root }).sort()) {
  const name = path.basename(file, '.test.ts');
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const args = ['test/run/mocha.ts', ...(grep === undefined ? [] : ['--grep', grep]), file];
  const code = await step(`Fuzzing ${name}`, () => run(process.execPath, args, { env, timeout: longestMs }));
  if (code !== 0) process.exitCode = 1;
}
