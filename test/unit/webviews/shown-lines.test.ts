import assert from 'node:assert/strict';
import { LogBuffer } from '../../../src/domain/logs/buffer.ts';
import { noFilter } from '../../../src/domain/logs/filter.ts';
import type { LogLine } from '../../../src/domain/logs/line.ts';
import { ShownLines } from '../../../src/webviews/app/logs/shown-lines.ts';

function open(most?: number) {
  const buffer = new LogBuffer<LogLine>(most);
  let waiting = false;
  const shown = new ShownLines(buffer, () => (waiting = true));
  /** As the page does: again and again until all is looked through. @returns how often */
  const settle = () => {
    let turns = 0;
    for (; waiting; turns++) {
      waiting = false;
      shown.update();
    }
    return turns;
  };
  return {
    buffer,
    shown,
    settle,
    push: (...texts: readonly string[]) => {
      buffer.push(texts.map((text) => ({ source: 0, at: 0, text })));
      shown.update();
      settle();
    },
    get texts() {
      return Array.from({ length: shown.count }, (_, index) => shown.at(index)?.line.text);
    },
  };
}

const looking = (text: string) => ({ ...noFilter, text });

describe('the lines that a page shows', () => {
  it('are those that match, old and new; or all, with those that match known by their numbers', () => {
    const it = open();
    it.push('an error', 'fine');
    it.shown.filter(looking('error'), true);
    it.push('fine', 'ERROR again');
    assert.deepEqual(it.texts, ['an error', 'ERROR again']);
    it.shown.filter(looking('error'), false);
    assert.deepEqual([it.texts.length, it.shown.found], [4, [0, 3]]);
    it.shown.filter({ ...looking('('), regex: true }, true);
    assert.equal(it.texts.length, 4, 'an expression that is wrong shows all');
  });

  it('go with the buffer, and what was found with them', () => {
    const it = open(3);
    it.shown.filter(looking('a'), false);
    it.push('a1', 'b2', 'a3', 'a4', 'b5');
    assert.deepEqual(
      [it.texts, it.shown.found],
      [
        ['a3', 'a4', 'b5'],
        [2, 3],
      ],
    );
    assert.deepEqual([it.shown.indexOf(3), it.shown.indexOf(0), it.shown.gone], [1, undefined, 0]);
    it.push('a6');
    assert.deepEqual([it.shown.indexOf(3), it.shown.gone, it.shown.rows], [0, 1, 3]);
  });

  it('take several rows where they are wrapped', () => {
    const it = open();
    it.push('x'.repeat(25), 'y', '가'.repeat(10));
    it.shown.wrapAt(10);
    assert.deepEqual(
      [0, 1, 2, 3].map((index) => it.shown.top(index)),
      [0, 3, 4, 6],
    );
    assert.deepEqual(
      [0, 2, 3, 5, 99].map((row) => it.shown.indexAt(row)),
      [0, 0, 1, 2, 2],
    );
    it.shown.restart(0);
    assert.deepEqual([it.shown.count, it.shown.rows, it.shown.indexAt(0)], [0, 0, 0]);
  });

  it('are looked through in slices, none of them lost, however long that takes', () => {
    const it = open();
    const long = 'aaaaaaaa'.repeat(500);
    it.push(...Array.from({ length: 2000 }, (_, n) => `${long}${n}`));
    it.shown.filter({ ...looking('(a|aa)+\\b[13579]$|\\d*[13579]$'), regex: true }, true);
    const first = it.shown.count;
    assert.ok(it.settle() > 1 && first < 1000, 'it stops in between');
    assert.deepEqual([it.shown.count, it.shown.isBehind], [1000, false]);
  });
});
