#!/usr/bin/env node
/**
 * Takes the arguments that `@vscode/test-electron` gives to desktop VS Code and runs the tests in the browser-hosted one
 * instead: what the tests print goes to standard output, their exit code is ours.
 */
import { parseArgs } from 'node:util';
import { launchVSCode } from './launch.ts';
import { outputMark } from './output.ts';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  // VS Code's other switches mean nothing here
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    locale: { type: 'string' },
    'user-data-dir': { type: 'string' },
  },
});
const { extensionDevelopmentPath, extensionTestsPath } = values;
const [workspace] = positionals;
if (typeof extensionDevelopmentPath !== 'string' || typeof extensionTestsPath !== 'string' || workspace === undefined) {
  throw new Error('Wanted: a folder, --extensionDevelopmentPath and --extensionTestsPath.');
}

const untold: string[] = [];
const { promise: exited, resolve: exit } = Promise.withResolvers<number>();
const vscode = await launchVSCode({
  workspace,
  extensionPath: extensionDevelopmentPath,
  extensionTestsPath,
  locale: values.locale === 'ko' ? 'ko' : 'en',
  async prepare(page) {
    // the names by which the workbench looks for who automates it
    await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown[]) => print(args.join(' ')));
    await page.exposeFunction('codeAutomationExit', exit);
    page.on('crash', () => exit(1));
    page.on('close', () => exit(1));
  },
});
process.once('SIGINT', () => exit(130));
process.once('SIGTERM', () => exit(143));
const code = await exited;
await vscode.close();
if (code !== 0) process.stderr.write(`VS Code said:\n${untold.slice(-30).join('\n')}\n`);
process.exitCode = code;

/** The tests' own lines are marked; the workbench's log is only told when something has failed. */
function print(line: string): void {
  if (line.startsWith(outputMark)) process.stdout.write(`${line.slice(outputMark.length)}\n`);
  else untold.push(line.split('\n', 4).join('\n'));
}
