import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly signal?: AbortSignal;
}

/** A program that ended with another code than 0; the message carries what it wrote to standard error. */
export class ProgramError extends Error {
  readonly stderr: string;

  constructor(command: string, args: readonly string[], code: number | string, stderr: string) {
    super(`${command} ${args.join(' ')} ended with ${code}: ${stderr.slice(-2000).trim()}`);
    this.name = 'ProgramError';
    this.stderr = stderr;
  }
}

/** Runs a program to its end. @returns its standard output. @throws ProgramError unless it ends with 0. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const { input, ...spawnOptions } = options;
    const child = spawn(command, args, { ...spawnOptions, stdio: 'pipe' });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(stdout).toString());
      else reject(new ProgramError(command, args, code ?? signal ?? 'nothing', Buffer.concat(stderr).toString()));
    });
    // A program that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
