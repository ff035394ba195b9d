/** node test/run/mocha.ts --timeout MS [--grep TEXT] FILE…: runs test files under plain mocha. */
import { parseArgs } from 'node:util';
import { runMocha } from '../support/mocha.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { timeout: { type: 'string', default: '10000' }, grep: { type: 'string' } },
});
const totals = await runMocha(positionals, {
  timeout: Number(values.timeout),
  ...(values.grep === undefined ? {} : { grep: values.grep }),
});
process.exitCode = totals.failed > 0 ? 1 : 0;

// a process that ends by itself never comes here
setTimeout(() => {
  process.stderr.write(`The tests have left something running: ${process.getActiveResourcesInfo().join(', ')}\n`);
  process.exit(1);
}, 10_000).unref();
