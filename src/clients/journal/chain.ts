import { createHash } from 'node:crypto';
import type { JournalEntry } from '../../domain/remediation/journal.ts';

/** A line of the file: the entry, its place, and the hash that ties it to the line before. */
export interface Line extends JournalEntry {
  readonly seq: number;
  /** SHA-256 (hex) over the previous line's hash, a newline, and this line's JSON without `hash`. */
  readonly hash: string;
}

export const chainStart = '0'.repeat(64);

/** The line after `previous`, as text without its newline. */
export function encodeLine(entry: JournalEntry, seq: number, previous: string): { text: string; hash: string } {
  const body = JSON.stringify({ seq, at: entry.at, event: entry.event });
  const hash = hashOf(body, previous);
  return { text: `${body.slice(0, -1)},"hash":"${hash}"}`, hash };
}

/**
 * Reads one line back. Undefined: it is not a whole line (torn by a crash) or not the one that belongs here (changed by
 * somebody).
 */
export function decodeLine(text: string, seq: number, previous: string): Line | undefined {
  const end = /,"hash":"([0-9a-f]{64})"\}$/.exec(text);
  if (!end?.[1]) return undefined;
  const body = `${text.slice(0, end.index)}}`;
  if (hashOf(body, previous) !== end[1]) return undefined;
  // The hash is right, so the text is what encodeLine wrote.
  const line = JSON.parse(text) as Line;
  return line.seq === seq ? line : undefined;
}

function hashOf(body: string, previous: string): string {
  return createHash('sha256').update(previous).update('\n').update(body).digest('hex');
}
