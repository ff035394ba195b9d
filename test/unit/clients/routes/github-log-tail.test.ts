import assert from 'node:assert/strict';
import { logTail } from '../../../../src/clients/routes/github/log-tail.ts';

const stamped = (...lines: readonly string[]) => lines.map((line) => `2026-11-21T09:00:00.1234567Z ${line}`).join('\n');

describe("The tail of a job's log", () => {
  it('is the failing step up to its error, though later steps wrote more', () => {
    const log = stamped(
      ...['##[group]Run checkout', '##[endgroup]', 'fetched'],
      ...[
        '##[group]Run patch',
        'kubectl patch',
        '##[endgroup]',
        '\u001b[31mforbidden\u001b[0m',
        '##[error]exit code 1.',
      ],
      ...['##[group]Run tidy', '##[endgroup]', 'tidied'],
    );
    assert.deepEqual(logTail(log), ['Run patch', 'kubectl patch', 'forbidden', 'exit code 1.']);
  });

  it('is the last thirty lines of a long step, and of a log without an error', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    const tail = logTail(`\uFEFF${stamped(...lines)}\n`);
    assert.deepEqual([tail.length, tail[0], tail.at(-1)], [30, 'line 70', 'line 99']);
  });

  it('keeps markup as the text that it is', () => {
    assert.deepEqual(logTail(stamped('<img onerror=alert(1)> [x](command:y)')), [
      '<img onerror=alert(1)> [x](command:y)',
    ]);
  });
});
