import assert from 'node:assert/strict';
import { fileName } from '../../../../src/features/charts/file-name.ts';

describe('the name of a saved chart', () => {
  const to = Date.parse('2026-11-21T10:42:07Z');

  it('tells the title and the end of the range', () => {
    assert.equal(fileName({ title: 'front-end: CPU (%)', to }, 'csv'), 'front-end-CPU-2026-11-21T1042.csv');
    assert.equal(fileName({ title: '프런트엔드 CPU', to }, 'png'), '프런트엔드-CPU-2026-11-21T1042.png');
  });

  it('never leads out of the folder, whatever a server calls its objects', () => {
    for (const title of ['../../etc/passwd', '..\\..\\x', '/abs', '.hidden', '$(rm -rf)', '<img>', 'a\u0000b', '']) {
      assert.match(fileName({ title, to }, 'csv'), /^[\p{L}\p{N}][\p{L}\p{N}._-]*\.csv$/u, title);
    }
    assert.ok(fileName({ title: 'x'.repeat(253), to }, 'csv').length < 110);
  });
});
