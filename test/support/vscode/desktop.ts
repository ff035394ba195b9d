import { existsSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';

/** The installed desktop VS Code, else a downloaded one; undefined where neither can be had or nothing can be shown. */
export async function findDesktop(): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const installed = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  return canShow() && installed !== undefined ? installed : download();
}

/** For tests: a downloaded VS Code of their own, else the stand-in that runs the browser-hosted one. */
export async function findTestable(): Promise<string> {
  return (await download()) ?? path.join(import.meta.dirname, 'code.ts');
}

async function download(): Promise<string | undefined> {
  if (!canShow()) return undefined;
  try {
    return await downloadAndUnzipVSCode();
  } catch (error) {
    process.stderr.write(`Desktop VS Code cannot be downloaded (${String(error)}): taking the one for the browser.\n`);
    return undefined;
  }
}

function canShow(): boolean {
  return process.platform !== 'linux' || 'DISPLAY' in process.env || 'WAYLAND_DISPLAY' in process.env;
}
