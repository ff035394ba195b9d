import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JournalEntry } from '../../domain/remediation/journal.ts';
import { chainStart, decodeLine, encodeLine, type Line } from './chain.ts';

/** What a file says: its whole lines, and what had to be left out. */
export interface FileContent {
  readonly lines: readonly Line[];
  /** Bytes of the lines that are whole; a writer goes on from there. */
  readonly wholeBytes: number;
  /** The last line was cut by a crash, or is being written. Nothing before it is lost. */
  readonly torn: boolean;
  /** A line in the middle does not fit its hash: somebody changed the file. The lines before it still count. */
  readonly tampered: boolean;
}

export function parseFile(text: string): FileContent {
  const lines: Line[] = [];
  let previous = chainStart;
  let start = 0;
  for (;;) {
    const end = text.indexOf('\n', start);
    const line = end < 0 ? undefined : decodeLine(text.slice(start, end), lines.length, previous);
    if (!line) {
      const rest = text.slice(start);
      const more = end >= 0 && text.includes('\n', end + 1);
      return { lines, wholeBytes: Buffer.byteLength(text.slice(0, start)), torn: rest !== '' && !more, tampered: more };
    }
    lines.push(line);
    previous = line.hash;
    start = end + 1;
  }
}

/** Appends to one file that nobody else writes to. One write at a time; each resolves after its fsync. */
export class JournalWriter {
  readonly #path: string;
  #file: FileHandle | undefined;
  #seq = 0;
  #previous = chainStart;
  #size = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  append(entry: JournalEntry): Promise<void> {
    const turn = this.#queue.then(() => this.#write(entry));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    await this.#queue;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #write(entry: JournalEntry): Promise<void> {
    const file = (this.#file ??= await create(this.#path));
    const { text, hash } = encodeLine(entry, this.#seq, this.#previous);
    const bytes = Buffer.from(`${text}\n`);
    try {
      await file.appendFile(bytes);
      await file.datasync();
    } catch (error) {
      // A full disk may have taken a part of the line: cut it off, so that the next line follows a whole one.
      await file.truncate(this.#size);
      throw error;
    }
    this.#size += bytes.length;
    this.#seq += 1;
    this.#previous = hash;
  }
}

/** A new file whose name is on disk too: without the folder's own fsync a crash could lose the file with all its lines. */
async function create(path: string): Promise<FileHandle> {
  const file = await open(path, 'ax', 0o600);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return file;
}
