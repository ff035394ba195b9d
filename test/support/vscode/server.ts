import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
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
  /** An extension's folder, to be there as if it had been installed. */
  installed?: string;
  /** Lets the address name an extension to develop and tests to run; VS Code shows no notifications then. */
  forTests?: boolean;
}

const quiet: Record<string, unknown> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  // what looks at JavaScript is not installed, and would complain
  'files.associations': { '*.mjs': 'plaintext' },
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Starts the server on a free port of 127.0.0.1; ready when the promise resolves. It does not outlive this process. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { userData, settings, env, installed, forTests = false } = options;
  const modules = path.join(await installVSCode(), 'node_modules');
  await writeSettings(userData, { ...quiet, ...settings });
  const main = path.join(modules, 'code-server/lib/vscode/out/server-main.js');
  if (installed !== undefined) await installExtension(path.join(userData, 'extensions'), installed);
  const reaper = new Reaper();
  const args = [main, ...flags, ...(forTests ? [testFlag] : []), '--server-data-dir', userData];
  const child = spawn(process.execPath, args, {
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

/**
 * Writes the settings as a person would who uses a remote machine: those of machine scope (paths, endpoints) count only
 * in the machine's own file, so both files get all of them.
 */
export async function writeSettings(userData: string, settings: Record<string, unknown>): Promise<void> {
  for (const whose of ['User', 'Machine']) {
    const folder = path.join(userData, 'data', whose);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
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
];

/** Without it the workbench ignores which extension to develop and which tests to run; with it, it shows no toasts. */
const testFlag = '--enable-smoke-test-driver';

/** What `--install-extension` does, without a copy: a new build is there after a reload of the window. */
async function installExtension(extensions: string, folder: string): Promise<void> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8');
  const { publisher, name, version } = JSON.parse(text) as Record<'publisher' | 'name' | 'version', string>;
  const relativeLocation = `${publisher}.${name}-${version}`;
  const location = { $mid: 1, scheme: 'file', path: path.join(extensions, relativeLocation) };
  await mkdir(extensions, { recursive: true });
  await rm(location.path, { force: true });
  await symlink(folder, location.path, 'junction');
  const entry = { identifier: { id: `${publisher}.${name}` }, version, location, relativeLocation };
  await writeFile(path.join(extensions, 'extensions.json'), JSON.stringify([entry]));
}

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
