import { basename } from 'node:path';
import fc from 'fast-check';
import { JarvisError } from '../../src/core/errors.ts';

/** By these `npm run fuzz` says how many inputs each property is tried with, and which. They are read here alone. */
export const environment = { cases: 'JARVIS_FUZZ_CASES', seed: 'JARVIS_FUZZ_SEED', path: 'JARVIS_FUZZ_PATH' } as const;

const { env } = process;
const path = env[environment.path];
const parameters: fc.Parameters<unknown> = {
  numRuns: Number(env[environment.cases] ?? 2000),
  seed: Number(env[environment.seed] ?? 20_261_121),
  ...(path !== undefined && { path }),
};

// mocha sets no limit, and then an error deep in a recursion takes its time
Error.stackTraceLimit = 10;

/** CPU time that one input may take: what takes longer would be felt, and is on its way to a hang. */
const longestMs = 1000;

/** A test: whatever the input, `holds` does not throw and is not slow. */
export function always<T>(what: string, inputs: fc.Arbitrary<T>, holds: (input: T) => void): void {
  const property = fc.property(inputs, (input) => {
    const before = process.threadCpuUsage();
    holds(input);
    checkPace(before);
  });
  it(what, function () {
    this.timeout(0);
    judge(this.test, fc.check(property, parameters));
  });
}

/** The same for what takes its time. */
export function alwaysInTheEnd<T>(what: string, inputs: fc.Arbitrary<T>, holds: (input: T) => Promise<void>): void {
  const property = fc.asyncProperty(inputs, async (input) => {
    const before = process.threadCpuUsage();
    await holds(input);
    checkPace(before);
  });
  it(what, async function () {
    this.timeout(0);
    judge(this.test, await fc.check(property, parameters));
  });
}

/** What is parsed, or the error that says what is wrong with the input; whatever else is thrown is a crash. */
export function answerOf<T>(parse: () => T): T | JarvisError {
  try {
    return parse();
  } catch (error) {
    if (error instanceof JarvisError && /^\w+\.\w+$/.test(error.code) && error.message !== '') return error;
    throw error;
  }
}

function checkPace(before: NodeJS.CpuUsage): void {
  const { user, system } = process.threadCpuUsage(before);
  const ms = (user + system) / 1000;
  if (ms > longestMs) throw new Error(`took ${Math.round(ms)} ms of CPU time`);
}

function judge<T>(test: Mocha.Runnable | undefined, details: fc.RunDetails<T>): void {
  if (!details.failed) return;
  const { seed, counterexamplePath, errorInstance: cause } = details;
  const name = basename(test?.file ?? '', '.test.ts');
  const replay = `npm run fuzz -- ${name} --grep '${test?.fullTitle()}' --seed ${seed} --path ${counterexamplePath}`;
  throw new Error(`${fc.defaultReportMessage(details)}\nReplay: ${replay}\n${String(cause)}`, { cause });
}
