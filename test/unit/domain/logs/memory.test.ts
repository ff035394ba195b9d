import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LineSplitter } from '../../../../src/clients/kubernetes/line-splitter.ts';
import { LogBuffer, keptLines } from '../../../../src/domain/logs/buffer.ts';
import { type LogLine, parseLine } from '../../../../src/domain/logs/line.ts';
import { said } from '../../../support/logs/scripted-reader.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** What a container writes, in the pieces in which it arrives. */
function* pieces(from: number, to: number): Generator<string> {
  for (let n = from; n < to; n += 500) {
    const lines = Array.from({ length: 500 }, (_, offset) =>
      said(n + offset, `GET /catalogue/${n + offset} 200 ${'x'.repeat(80)}`),
    );
    yield Buffer.from(`${lines.join('\n')}\n`).toString('utf8');
  }
}

describe('the memory of a long log', () => {
  it('is little more than its text, and does not grow once it is full', function () {
    this.timeout(20_000);
    const buffer = new LogBuffer<LogLine>();
    const splitter = new LineSplitter();
    const read = (from: number, to: number) => {
      for (const piece of pieces(from, to))
        buffer.push(splitter.push(piece).map((raw) => ({ source: 0, ...parseLine(raw) })));
    };
    const empty = heap();
    read(0, keptLines);
    const full = heap() - empty;
    const characters = buffer.slice(0, keptLines).reduce((sum, { text }) => sum + text.length, 0);
    assert.ok(full / characters < 3.5, `${full} bytes for ${characters} characters`);
    read(keptLines, 3 * keptLines);
    const later = heap() - empty;
    assert.ok(later < full * 1.5, `${full} bytes, then ${later}`);
    assert.equal(buffer.end - buffer.first, keptLines);
  });
});
