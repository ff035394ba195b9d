import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';

/** Desktop VS Code where it can be downloaded and shown, else the stand-in that runs the browser-hosted one. */
export async function findCode(): Promise<string> {
  const standIn = path.join(import.meta.dirname, 'code.ts');
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined) return standIn;
  try {
    return await downloadAndUnzipVSCode();
  } catch (error) {
    process.stderr.write(`Desktop VS Code cannot be downloaded (${String(error)}): taking the one for the browser.\n`);
    return standIn;
  }
}
