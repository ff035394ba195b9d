/** npm run lint: rules, formatting and dead code, side by side; all are told, also when one complains. */
import { run, step } from '../support/process.ts';

const checks: Record<string, string[]> = {
  ESLint: ['eslint', '.'],
  Prettier: ['prettier', '--check', '--log-level', 'warn', '.'],
  Knip: ['knip'],
};
const codes = Object.entries(checks).map(([name, [command = '', ...args]]) => step(name, () => run(command, args)));
process.exitCode = (await Promise.all(codes)).every((code) => code === 0) ? 0 : 1;
