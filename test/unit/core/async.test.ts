import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { mapLimited } from '../../../src/core/async.ts';

describe('so many at a time', () => {
  it('gives what each gave, in their order, and never has more under way', async () => {
    let underWay = 0;
    let most = 0;
    const doubled = await mapLimited([5, 1, 4, 2, 3], 2, async (n) => {
      most = Math.max(most, ++underWay);
      for (let left = n; left > 0; left--) await turn();
      underWay--;
      return n * 2;
    });
    assert.deepEqual([doubled, most], [[10, 2, 8, 4, 6], 2]);
  });

  it('begins nothing more when one has failed', async () => {
    const begun: number[] = [];
    const failing = mapLimited([1, 2, 3, 4, 5, 6], 2, async (n) => {
      begun.push(n);
      await turn();
      if (n === 2) throw new RangeError('two');
    });
    await assert.rejects(failing, RangeError);
    for (let left = 5; left > 0; left--) await turn();
    assert.deepEqual(begun, [1, 2, 3]);
  });
});
