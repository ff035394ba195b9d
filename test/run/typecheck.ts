/** npm run typecheck: the extension with its tests, and the webviews' side. */
import { run, step } from '../support/process.ts';

for (const project of ['.', 'src/webviews/app']) {
  const code = await step(`Types of ${project}`, () => run('tsc', ['-p', project]));
  if (code !== 0) process.exitCode = 1;
}
