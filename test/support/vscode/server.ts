import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installVSCode } from './install.ts';

/** A running VS Code server: `authority` is its `host:port`, `modules` the node_modules that it came from. */
export interface Server {
  authority: string;
  modules: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Where user settings, state and installed extensions are. */
  userData: string;
  settings: Record<string, unknown>;
  /** Reaches the extension host, beside this process's own environment. */
  env: Record<string, string | undefined>;
}

const quiet: Record<string, unknown> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Starts the server on a free port of 127.0.0.1; ready when the promise resolves. */
export async function startServer({ userData, settings, env }: ServerOptions): Promise<Server> {
  const folder = await installVSCode();
  const modules = path.join(folder, 'node_modules');
  const user = path.join(userData, 'data', 'User');
  await mkdir(user, { recursive: true });
  await writeFile(path.join(user, 'settings.json'), JSON.stringify({ ...quiet, ...settings }, undefined, 2));
  const main = path.join(modules, 'code-server/lib/vscode/out/server-main.js');
  const child = spawn(process.execPath, [main, ...flags, '--server-data-dir', userData], {
    // no marketplace: what an extension offers must not depend on one
    env: { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // a group of its own, so that the extension host and its children end with it
    detached: process.platform !== 'win32',
  });
  const endAll = () => signalGroup(child, 'SIGKILL');
  process.once('exit', endAll);
  const port = await listening(child);
  return {
    authority: `127.0.0.1:${port}`,
    modules,
    async close() {
      process.off('exit', endAll);
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      signalGroup(child, 'SIGTERM');
      await Promise.race([gone, wait(3000, undefined, { ref: false })]);
      endAll();
      await gone;
    },
  };
}

const flags = [
  ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
  ...['--disable-workspace-trust', '--telemetry-level', 'off', '--force-disable-user-env'],
  // without it the workbench ignores which extension to develop and which tests to run
  '--enable-smoke-test-driver',
];

/** The port that the server tells on its standard output. Rejects with what it said when it ends before that. */
function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000);
      const port = /agent listening on (\d+)/.exec(said)?.[1];
      if (port !== undefined && said.includes('agent started')) resolve(Number(port));
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`VS Code's server ended before it was ready:\n${said}`));
    });
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch (error) {
    // nobody of the group is left
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
