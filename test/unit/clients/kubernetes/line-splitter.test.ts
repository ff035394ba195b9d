import assert from 'node:assert/strict';
import { LineSplitter } from '../../../../src/clients/kubernetes/line-splitter.ts';

describe('the lines of a log', () => {
  it('are whole, however the pieces fall', () => {
    const splitter = new LineSplitter();
    assert.deepEqual([...splitter.push('a\nb'), ...splitter.push('c\n\nd')], ['a', 'bc', '']);
    assert.equal(splitter.rest, 'd');
  });

  it('are cut where they are too long, but not through a character', () => {
    const splitter = new LineSplitter();
    const [line = ''] = splitter.push(`a${'😀'.repeat(5000)}\n`);
    assert.ok(line.isWellFormed());
    assert.match(line, /… \(\+1809\)$/);
  });
});
