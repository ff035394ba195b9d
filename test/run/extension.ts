import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestRunFailedError, runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import { root } from '../support/process.ts';
import { findTestable } from '../support/vscode/desktop.ts';

/** Runs test/extension inside VS Code. `env` reaches the tests. Resolves with the exit code. */
export async function extensionTests(env: Record<string, string>): Promise<number> {
  const tests = await bundleTests();
  const workspace = await mkdtemp(path.join(tmpdir(), 'jarvis-workspace-'));
  try {
    return await runTests({
      vscodeExecutablePath: await findTestable(),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(tests, 'index.js'),
      launchArgs: [workspace, '--disable-extensions'],
      extensionTestsEnv: env,
    });
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.code ?? 1;
    throw error;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** Plain JavaScript, since the desktop's extension host may not strip types. */
async function bundleTests(): Promise<string> {
  const outdir = path.join(root, 'out/test/extension');
  await rm(outdir, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/extension/index.ts', ...globSync('test/extension/**/*.test.ts', { cwd: root })],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outdir;
}
