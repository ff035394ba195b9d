/** npm run watch: builds anew whatever changes, until Ctrl-C. */
import { run } from '../support/process.ts';

process.exitCode = await run(process.execPath, ['esbuild.js', '--watch']);
