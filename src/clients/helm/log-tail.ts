import { readFile, writeFile } from 'node:fs/promises';
import type { Disposable } from '../../core/disposable.ts';
import { Emitter } from '../../core/event.ts';
import { oneLine } from '../../core/text.ts';

const lookMs = 250;
const most = 30;

/** The last lines of a file that a program writes, as harmless text. */
export class LogTail implements Disposable {
  readonly path: string;
  readonly #timer: NodeJS.Timeout;
  readonly #said = new Emitter<undefined>();
  readonly onDidSay = this.#said.event;
  #lines: readonly string[] = [];

  private constructor(path: string) {
    this.path = path;
    this.#timer = setInterval(() => void this.read(), lookMs).unref();
  }

  static async start(path: string): Promise<LogTail> {
    await writeFile(path, '', { mode: 0o600 });
    return new LogTail(path);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Reads it now. */
  async read(): Promise<void> {
    const text = await readFile(this.path, 'utf8').catch(() => '');
    const lines = text.split(/\r?\n/).filter((line) => line !== '');
    const last = lines.slice(-most).map(oneLine);
    if (last.join('\n') === this.#lines.join('\n')) return;
    this.#lines = last;
    this.#said.fire(undefined);
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#said.dispose();
  }
}
