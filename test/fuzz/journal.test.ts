import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chainStart, encodeLine } from '../../src/clients/journal/chain.ts';
import { parseFile } from '../../src/clients/journal/journal-file.ts';
import type { JournalEntry } from '../../src/domain/remediation/journal.ts';
import { anyJson, damaged } from './generators.ts';
import { always } from './support.ts';

/** What stands in an event is none of the file's business. */
const entries = fc.array(
  fc.tuple(fc.nat(), anyJson).map(([at, event]) => ({ at, event }) as unknown as JournalEntry),
  { maxLength: 5 },
);

function written(all: readonly JournalEntry[]): string {
  let previous = chainStart;
  return all
    .map((entry, seq) => {
      const { text, hash } = encodeLine(entry, seq, previous);
      previous = hash;
      return `${text}\n`;
    })
    .join('');
}
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const told = (text: string) => parseFile(text).lines.map(({ at, event }) => plain({ at, event }));

describe('any journal', () => {
  always('that is whole tells what was written', entries, (all) => {
    const text = written(all);
    assert.deepEqual(told(text), plain(all));
    const { torn, tampered, wholeBytes } = parseFile(text);
    assert.deepEqual([torn, tampered, wholeBytes], [false, false, Buffer.byteLength(text)]);
  });

  const broken = entries.chain((all) => damaged(fc.constant(written(all))).map((text) => ({ all, text })));
  always('that is broken tells the beginning of it, and that it is broken', broken, ({ all, text }) => {
    const { lines, torn, tampered } = parseFile(text);
    assert.deepEqual(told(text), plain(all.slice(0, lines.length)));
    if (text !== written(all.slice(0, lines.length))) assert.ok(torn || tampered);
  });
});
