import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { root } from './process.ts';

/** Ends process groups and removes folders when it is closed, and also when this process dies, however it dies. */
export class Reaper {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = spawn(process.execPath, [path.join(root, 'test/lab/process/reaper.ts')], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // somebody may have killed it; what it would have done is then left undone
    this.#child.stdin?.on('error', () => undefined);
  }

  folder(absolute: string): void {
    this.#tell(absolute);
  }

  /** The group of a process that was started detached. */
  group(pid: number): void {
    this.#tell(`+${pid}`);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await gone;
  }

  #tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }
}
