import { open, writeFile } from 'node:fs/promises';
import type { Disposable } from '../../core/disposable.ts';
import { Emitter } from '../../core/event.ts';
import { oneLine, withoutHalves } from '../../core/text.ts';

const lookMs = 250;
const mostLines = 30;
/** Of a line. */
const mostCharacters = 500;
/** A hook's whole log may stand in it. */
const mostBytes = 64 * 1024;

/** The last lines of a file that a program writes, as harmless text. */
export class LogTail implements Disposable {
  readonly path: string;
  readonly #timer: NodeJS.Timeout;
  readonly #said = new Emitter<undefined>();
  readonly onDidSay = this.#said.event;
  #lines: readonly string[] = [];
  #turn: Promise<void> = Promise.resolve();

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

  /** Reads it now, after whoever reads it already: an older look must not come last. Never rejects. */
  read(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#look());
    return this.#turn;
  }

  async #look(): Promise<void> {
    // what cannot be read at the moment tells nothing new
    const text = await endOf(this.path).catch(() => undefined);
    if (text === undefined) return;
    const lines = text.split(/\r?\n/).filter((line) => line !== '');
    const last = lines.slice(-mostLines).map((line) => withoutHalves(oneLine(line.slice(0, mostCharacters))));
    if (last.join('\n') === this.#lines.join('\n')) return;
    this.#lines = last;
    this.#said.fire(undefined);
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#said.dispose();
  }
}

async function endOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, mostBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
