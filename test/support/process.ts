import { type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';

export const root: string = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');

/** Runs a command in the project's folder to its end. Resolves with its exit code (128 + signal when it was ended by one). */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/** Tells on standard error that a long step begins, and how long it took. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  process.stderr.write(`${name} …\n`);
  const result = await work();
  process.stderr.write(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
  return result;
}
