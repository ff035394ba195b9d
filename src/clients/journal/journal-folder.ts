import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Logger } from '../../core/log.ts';
import { type Journal, type JournalEntry, planIdOf } from '../../domain/remediation/journal.ts';
import { claim } from './claims.ts';
import { JournalWriter, parseFile } from './journal-file.ts';

const fileName = /^(\d+)-[0-9a-f-]{36}\.jsonl$/;

/**
 * A folder with one append-only file for each window, since VS Code runs an extension host a window and two writers
 * would break each other's chain. A file's name begins with the process that writes it, so that what a dead process
 * left unfinished can be told from what a living one is doing.
 */
export class JournalFolder implements Journal {
  readonly #folder: string;
  readonly #log: Logger;
  readonly #own: string;
  readonly #writer: JournalWriter;
  readonly #isAlive: (pid: number) => boolean;
  #ready: Promise<unknown> | undefined;

  constructor(folder: string, log: Logger, pid = process.pid, isAlive = processIsAlive) {
    this.#folder = folder;
    this.#log = log;
    this.#isAlive = isAlive;
    this.#own = `${pid}-${randomUUID()}.jsonl`;
    this.#writer = new JournalWriter(join(folder, this.#own));
  }

  async append(entry: JournalEntry): Promise<void> {
    try {
      this.#ready ??= mkdir(this.#folder, { recursive: true });
      await this.#ready;
      await this.#writer.append(entry);
    } catch (cause) {
      this.#ready = undefined;
      throw unwritable(this.#folder, cause);
    }
  }

  async read(): Promise<readonly JournalEntry[]> {
    const files = await Promise.all((await this.#files()).map((name) => this.#readFile(name)));
    return files.flat().sort((a, b) => a.at - b.at);
  }

  async claim(planId: string): Promise<boolean> {
    const isAlive = (name: string) => this.#isAlive(pidOf(name));
    const owners = await this.#ownersOf(planId);
    if (owners.some((name) => name !== this.#own && isAlive(name))) return false;
    try {
      return await claim(this.#folder, planId, { own: this.#own, isAlive });
    } catch (cause) {
      throw unwritable(this.#folder, cause);
    }
  }

  async close(): Promise<void> {
    await this.#writer.close();
  }

  async #ownersOf(planId: string): Promise<string[]> {
    const owners: string[] = [];
    for (const name of await this.#files()) {
      const entries = await this.#readFile(name);
      if (entries.some(({ event }) => planIdOf(event) === planId)) owners.push(name);
    }
    return owners;
  }

  async #files(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return [];
      throw unreadable(this.#folder, error);
    });
    return names.filter((name) => fileName.test(name)).sort();
  }

  async #readFile(name: string): Promise<readonly JournalEntry[]> {
    const path = join(this.#folder, name);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw unreadable(path, error);
    });
    const { lines, torn, tampered } = parseFile(text);
    // a window that lives may be in the middle of its line
    if (torn && !this.#isAlive(pidOf(name)))
      this.#log.info(`journal ${name}: the last line was torn by a crash and is left out`);
    if (tampered)
      this.#log.error(
        `journal ${name}: line ${lines.length + 1} does not fit its hash; it and what follows are left out`,
      );
    // only who reads needs to know all remedies
    const { isEntry } = await import('./entry.ts');
    const known = lines.filter(isEntry);
    if (known.length < lines.length)
      this.#log.warn(
        `journal ${name}: ${lines.length - known.length} lines are of another version of Jarvis and are left out`,
      );
    return known;
  }
}

function pidOf(name: string): number {
  return Number(fileName.exec(name)?.[1]);
}

/** Signal 0 asks whether a process exists. EPERM: it does, and belongs to somebody else. */
function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** No space left, quota exhausted, file too large. */
const fullDisk = ['ENOSPC', 'EDQUOT', 'EFBIG'];

function unwritable(folder: string, cause: unknown): JarvisError {
  const why = fullDisk.some((code) => isCode(cause, code))
    ? t('The disk is full.')
    : cause instanceof Error
      ? cause.message
      : String(cause);
  return new JarvisError({
    code: 'journal.unwritable',
    message: t('The record of actions cannot be written to {0}. {1}', folder, why),
    cause,
    remedies: [{ kind: 'retry' }, { kind: 'openLog' }],
  });
}

function unreadable(path: string, cause: unknown): JarvisError {
  return new JarvisError({
    code: 'journal.unreadable',
    message: t('The record of actions at {0} cannot be read.', path),
    cause,
    remedies: [{ kind: 'retry' }, { kind: 'openLog' }],
  });
}
