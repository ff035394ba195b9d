#!/usr/bin/env node
/**
 * Takes the arguments that `@vscode/test-electron` gives to desktop VS Code and runs the tests in the browser-hosted one
 * instead.
 */
import { parseArgs } from 'node:util';
import { runTestModule } from './tests.ts';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  // VS Code's other switches mean nothing here
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    locale: { type: 'string' },
  },
});
const { extensionDevelopmentPath: extensionPath, extensionTestsPath, locale } = values;
const [workspace] = positionals;
if (typeof extensionPath !== 'string' || typeof extensionTestsPath !== 'string' || workspace === undefined) {
  throw new Error('Wanted: a folder, --extensionDevelopmentPath and --extensionTestsPath.');
}
const stop = new AbortController();
process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort());
process.exitCode = await runTestModule({
  workspace,
  extensionPath,
  extensionTestsPath,
  locale: locale === 'ko' ? 'ko' : 'en',
  signal: stop.signal,
});
