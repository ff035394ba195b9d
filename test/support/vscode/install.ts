import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from '../cache.ts';
import { run, step } from '../process.ts';

const source = path.join(import.meta.dirname, 'server');
const quietly = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** The folder that holds VS Code's server and the Korean font, as node_modules; installed at first use. */
export async function installVSCode(): Promise<string> {
  const [lock, shim] = await Promise.all(
    ['package-lock.json', 'spdlog.cjs'].map((file) => readFile(path.join(source, file), 'utf8')),
  );
  return cached('vscode', `${lock} ${shim} ${process.platform} ${process.arch}`, (folder) =>
    step('Installing VS Code for the browser', async () => {
      for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
        await copyFile(path.join(source, file), path.join(folder, file));
      }
      await npm(folder, 'ci');
      // its shrinkwrap pins what it needs, but lacks what npm ci would insist on
      const vscode = path.join(folder, 'node_modules/code-server/lib/vscode');
      await npm(vscode, 'install', '--no-save');
      await copyFile(path.join(source, 'spdlog.cjs'), path.join(vscode, 'node_modules/@vscode/spdlog/index.js'));
    }),
  );
}

async function npm(cwd: string, ...command: string[]): Promise<void> {
  // standard output belongs to what called us
  const code = await run('npm', [...command, ...quietly], { cwd, stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new Error(`npm ${command.join(' ')} ended with code ${code} in ${cwd}`);
}
