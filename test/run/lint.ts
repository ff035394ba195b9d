/** npm run lint: rules, formatting and dead code; all are told, also when the first one complains. */
import { run, step } from '../support/process.ts';

const checks: Record<string, string[]> = {
  ESLint: ['eslint', '.'],
  Prettier: ['prettier', '--check', '--log-level', 'warn', '.'],
  Knip: ['knip'],
};
for (const [name, [command = '', ...args]] of Object.entries(checks)) {
  const code = await step(name, () => run(command, args));
  if (code !== 0) process.exitCode = 1;
}
