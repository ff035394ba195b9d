import assert from 'node:assert/strict';
import { Slices } from '../../../src/core/slices.ts';

let now = 0;
const busy = (ms: number) => {
  now += ms;
};

describe('slices of time', () => {
  it('go on at once while there is time left', () => {
    const slices = new Slices(() => now);
    assert.equal(
      slices.work(() => 7),
      7,
    );
    assert.equal(slices.rest(), undefined);
  });

  it('let everybody else go first when the pieces together have taken too long', async () => {
    const slices = new Slices(() => now);
    const order: string[] = [];
    setImmediate(() => order.push('somebody else'));
    slices.work(() => busy(3));
    assert.equal(slices.rest(), undefined);
    slices.work(() => busy(3));
    await slices.rest();
    order.push('the next piece');
    assert.deepEqual(order, ['somebody else', 'the next piece']);
    assert.equal(slices.rest(), undefined);
  });

  it('count what fails too', () => {
    const slices = new Slices(() => now);
    assert.throws(() =>
      slices.work(() => {
        busy(9);
        throw new Error('torn');
      }),
    );
    assert.ok(slices.rest());
  });
});
