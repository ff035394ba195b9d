import assert from 'node:assert/strict';
import { parseDuration } from '../../../../src/domain/kubernetes/duration.ts';

describe('a duration', () => {
  for (const [text, seconds] of [
    ['30s', 30],
    ['1m30.5s', 90.5],
    ['2h45m', 9900],
    ['-1.5h', -5400],
    ['250ms', 0.25],
    ['250us', 0.00025],
    ['250µs', 0.00025],
    ['1s500000000ns', 1.5],
    ['.5s', 0.5],
    ['0', 0],
  ] as const)
    it(`reads ${text}`, () => assert.ok(Math.abs((parseDuration(text) ?? NaN) - seconds) < 1e-9));

  for (const text of ['', '1', '1.2.3s', 's', '1d', '1s ', 'soon', `${'9'.repeat(400)}h`, '-'])
    it(`does not take ${JSON.stringify(text.slice(0, 20))} for one`, () =>
      assert.equal(parseDuration(text), undefined));
});
