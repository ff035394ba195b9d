import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Reaper } from '../reaper.ts';
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

/** Starts the server on a free port of 127.0.0.1; ready when the promise resolves. It does not outlive this process. */
export async function startServer({ userData, settings, env }: ServerOptions): Promise<Server> {
  const modules = path.join(await installVSCode(), 'node_modules');
  const user = path.join(userData, 'data', 'User');
  await mkdir(user, { recursive: true });
  await writeFile(path.join(user, 'settings.json'), JSON.stringify({ ...quiet, ...settings }, undefined, 2));
  const main = path.join(modules, 'code-server/lib/vscode/out/server-main.js');
  const reaper = new Reaper();
  const child = spawn(process.execPath, [main, ...flags, '--server-data-dir', userData], {
    // no marketplace: what an extension offers must not depend on one
    env: { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // a group of its own, so that the extension host and its children end with it
    detached: true,
  });
  if (child.pid !== undefined) reaper.group(child.pid);
  const close = async () => {
    await ended(child);
    await reaper.close();
  };
  try {
    return { authority: `127.0.0.1:${await listening(child)}`, modules, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Asks the server to end, and gives the extensions a moment to say good-bye. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([gone, wait(3000, undefined, { ref: false })]);
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
