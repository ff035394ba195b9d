/** npm start: builds Jarvis, starts the lab and opens VS Code on it; Ctrl-C ends everything. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLab } from '../lab/lab.ts';
import { labEnvironment } from '../support/lab-environment.ts';
import { root, run, step } from '../support/process.ts';
import { Reaper } from '../support/reaper.ts';
import { findDesktop } from '../support/vscode/desktop.ts';
import { addressOf } from '../support/vscode/launch.ts';
import { startServer } from '../support/vscode/server.ts';

interface Demo {
  workspace: string;
  userData: string;
  settings: Record<string, unknown>;
  env: Record<string, string>;
}

const stop = new Promise<void>((resolve) => {
  process.on('SIGINT', () => resolve()).on('SIGTERM', () => resolve());
});
const reaper = new Reaper();
const code = await step('Building Jarvis', () => run(process.execPath, ['esbuild.js']));
if (code !== 0) process.exit(code);
const starting = step('Starting the lab', () => startLab({ log: (line) => process.stderr.write(`  ${line}\n`) }));
// stopped before it was ready: what has begun ends with this process
const lab = await Promise.race([starting, stop]);
if (!lab) process.exit(130);
const { description } = lab;
const demo = await prepare({ ...description.settings }, labEnvironment(description));
if (description.github) {
  process.stdout.write(`\nGitHub in the lab asks for this token when you sign in: ${description.github.token}\n`);
}
const desktop = await findDesktop();
const close = desktop === undefined ? await openInBrowser(demo) : openDesktop(desktop, demo);
process.stdout.write('Ctrl-C ends everything.\n');
await stop;
process.stderr.write('Ending …\n');
await close();
await lab.close();
await reaper.close();
process.exit(0);

/** A folder to work in and one for VS Code's state; both are gone when this process is. */
async function prepare(settings: Record<string, unknown>, env: Record<string, string>): Promise<Demo> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-demo-'));
  reaper.folder(folder);
  const demo = { workspace: path.join(folder, 'sock-shop'), userData: path.join(folder, 'vscode'), settings, env };
  await mkdir(demo.workspace, { recursive: true });
  // where desktop VS Code looks; the one for the browser is given them when it starts
  await mkdir(path.join(demo.userData, 'User'), { recursive: true });
  await writeFile(path.join(demo.userData, 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));
  return demo;
}

async function openInBrowser({ workspace, ...options }: Demo): Promise<() => Promise<void>> {
  const server = await step('Starting VS Code', () => startServer({ ...options, installed: root }));
  process.stdout.write(`\nJarvis is at ${addressOf(server, { workspace, extensionPath: root })}\n`);
  return () => server.close();
}

function openDesktop(executable: string, { workspace, userData, env }: Demo): () => Promise<void> {
  const child = spawn(
    executable,
    [
      workspace,
      `--extensionDevelopmentPath=${root}`,
      `--user-data-dir=${userData}`,
      '--disable-workspace-trust',
      '--wait',
    ],
    { stdio: 'inherit', env: { ...process.env, ...env } },
  );
  return async () => {
    if (child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
}
