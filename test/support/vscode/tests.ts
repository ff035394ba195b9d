import { type LaunchOptions, launchVSCode } from './launch.ts';
import { outputMark } from './output.ts';

export interface TestLaunch extends LaunchOptions {
  extensionTestsPath: string;
  /** Ends the run early, with exit code 130. */
  signal?: AbortSignal;
}

/**
 * Runs a test module in the browser-hosted VS Code: what it prints goes to standard output, and VS Code's own log to
 * standard error when it fails. Resolves with the exit code.
 */
export async function runTestModule({ signal, ...options }: TestLaunch): Promise<number> {
  const log: string[] = [];
  const { promise: exited, resolve: exit } = Promise.withResolvers<number>();
  signal?.addEventListener('abort', () => exit(130));
  const vscode = await launchVSCode({
    ...options,
    async prepare(page) {
      // the names by which the workbench looks for who automates it
      await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown[]) => {
        const line = args.join(' ');
        if (line.startsWith(outputMark)) process.stdout.write(`${line.slice(outputMark.length)}\n`);
        else log.push(line.split('\n', 4).join('\n'));
      });
      await page.exposeFunction('codeAutomationExit', exit);
      page.on('crash', () => exit(1));
      page.on('close', () => exit(1));
    },
  });
  const code = await exited;
  await vscode.close();
  if (code !== 0) process.stderr.write(`VS Code said:\n${log.slice(-30).join('\n')}\n`);
  return code;
}
