#!/usr/bin/env node
// The door to every script of the project: `node test/run/cli.mjs <verb> [arguments]`. Plain JavaScript for Node 20 and
// without a dependency, since it is what brings the dependencies and Node 24: it installs what is missing or stale and
// then runs the verb's TypeScript file under Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const modules = path.join(root, 'node_modules');
const windows = process.platform === 'win32';

const verbs = {
  start: 'test/run/start.ts',
  test: 'test/run/test.ts',
  lab: 'test/lab/main.ts',
  bench: 'test/run/bench.ts',
  fuzz: 'test/run/fuzz.ts',
  package: 'test/run/package.ts',
  lint: 'test/run/lint.ts',
  typecheck: 'test/run/typecheck.ts',
  watch: 'esbuild.js --watch',
};

/** Runs a step to its end, telling which step it is and how long it took. Everything goes to standard error. */
function step(name, command, args, options) {
  const began = Date.now();
  process.stderr.write(`${name} …\n`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
    ...options,
  });
  if (error ?? status !== 0) throw new Error(`${name}: ${error?.message ?? `exit code ${status}`}`, { cause: error });
  process.stderr.write(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

/**
 * Installs what the lock file says unless the stamp in node_modules is that file's hash. Not with `npm ci`: it refuses
 * where a registry lacks one of the optional builds for other platforms, so that the lock file cannot name it.
 */
function installPackages() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = path.join(modules, '.jarvis-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  if (!isUpToDate()) step('Installing packages', 'npm', ['install', '--no-save', '--loglevel=error']);
  writeFileSync(stamp, hash);
}

/** Whether npm itself, as after a plain `npm install` by hand, has already written what the lock file says. */
function isUpToDate() {
  if (!existsSync(path.join(modules, '.package-lock.json'))) return false;
  const { status } = spawnSync('npm', ['ls', '--all', '--silent'], { cwd: root, stdio: 'ignore', shell: windows });
  return status === 0;
}

/** The node to run with: this one if it is new enough, else the one that the npm package `node` fetches. */
function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const folder = path.join(modules, 'node');
  const binary = path.join(folder, 'bin', windows ? 'node.exe' : 'node');
  // .npmrc keeps install scripts from running, and this package's binary comes by one
  if (!existsSync(binary)) step('Fetching Node 24', 'npm', ['run', 'preinstall'], { cwd: folder });
  return binary;
}

/**
 * Replaces this process as far as Node can: its exit code comes back, and signals go to the whole group, so that what the
 * verb has started ends with it.
 */
function become(command, args) {
  const paths = [path.dirname(command), path.join(modules, '.bin'), process.env.PATH];
  const env = { ...process.env, PATH: paths.join(path.delimiter) };
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env, detached: !windows });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => process.kill(windows ? child.pid : -child.pid, signal));
  }
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

const [verb, ...args] = process.argv.slice(2);
if (!Object.hasOwn(verbs, verb ?? '')) {
  process.stderr.write(`Usage: node test/run/cli.mjs ${Object.keys(verbs).join(' | ')} [arguments]\n`);
  process.exit(2);
}
try {
  installPackages();
  become(node24(), [...verbs[verb].split(' '), ...args]);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
