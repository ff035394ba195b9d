import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Progress } from '../build/cached.ts';

/** A server of the lab. */
export interface Server {
  readonly name: string;
  /** Settles when it ended, with what it last wrote. */
  readonly ended: Promise<string>;
  /** SIGKILL: the state of a lab is not worth an orderly end. */
  kill(): Promise<void>;
}

/** Owns the lab's temporary folder and its servers; both are gone after `close`, and after the death of this process. */
export class Supervisor {
  readonly folder: string;
  readonly #reaper: ChildProcess;
  readonly #log: Progress;
  #closed = false;

  private constructor(folder: string, reaper: ChildProcess, log: Progress) {
    this.folder = folder;
    this.#reaper = reaper;
    this.#log = log;
  }

  /** @param log hears of servers that end by themselves. */
  static async start(log: Progress): Promise<Supervisor> {
    const folder = await mkdtemp(join(tmpdir(), 'jarvis-lab-'));
    await Promise.all(['logs', 'home', 'tmp'].map((name) => mkdir(join(folder, name))));
    const reaper = spawn(process.execPath, [fileURLToPath(new URL('reaper.ts', import.meta.url))], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // a reaper that somebody killed must not end the lab with EPIPE
    reaper.stdin.on('error', () => undefined);
    const supervisor = new Supervisor(folder, reaper, log);
    supervisor.#tell(folder);
    return supervisor;
  }

  /** Its environment: a home and temporary folder of the lab's own, so that no setting of the user's reaches a server. */
  environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const { PATH, LANG } = process.env;
    return { PATH, LANG, HOME: join(this.folder, 'home'), TMPDIR: join(this.folder, 'tmp'), ...extra };
  }

  /** Starts a server in a process group of its own, its output in `logs/<name>.log`. */
  spawn(name: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Server {
    if (this.#closed) throw new Error(`the lab has ended: ${name} is not started any more`);
    const log = join(this.folder, 'logs', `${name}.log`);
    const output = openSync(log, 'a');
    const child = spawn(command, args, {
      cwd: this.folder,
      env: this.environment(env),
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    this.adopt(child);
    const ended = lastWords(child, log);
    void ended.then((words) => {
      if (!this.#closed && !child.killed) this.#log(`${name} ended by itself: ${words}`);
    });
    return { name, ended, kill: () => killed(child) };
  }

  /** Ends this process group with the lab, though somebody else started it. */
  adopt(group: ChildProcess): void {
    const { pid } = group;
    if (pid === undefined) return;
    this.#tell(`+${pid}`);
    group.once('exit', () => this.#tell(`-${pid}`));
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#reaper.exitCode !== null || this.#reaper.signalCode !== null) return;
    const gone = once(this.#reaper, 'exit');
    this.#reaper.stdin?.end();
    await gone;
  }

  #tell(line: string): void {
    this.#reaper.stdin?.write(`${line}\n`);
  }
}

function lastWords(child: ChildProcess, log: string): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => {
      readFile(log, 'utf8').then(
        (text) => resolve(text.slice(-3000)),
        () => resolve(''),
      );
    });
  });
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
