import assert from 'node:assert/strict';
import fc from 'fast-check';
import { byName, keptByName } from '../../../../src/features/clusters/rows/order.ts';

interface Named {
  readonly uid: string;
  readonly name: string;
  readonly version: number;
}
const named = (number: number, version = 0): Named => ({ uid: `uid-${number}`, name: `web-${number}`, version });

describe('rows in the order of their names', () => {
  it('count as people do', () => {
    const names = byName([10, 2, 1].map((number) => named(number))).map(({ name }) => name);
    assert.deepEqual(names, ['web-1', 'web-2', 'web-10']);
  });

  it('are kept so through every change, as sorting all of them anew would have it', () => {
    const numbers = fc.uniqueArray(fc.nat(30), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 8 }), (listings) => {
        const order = keptByName<Named>();
        for (const [version, listing] of listings.entries()) {
          const objects = listing.map((number) => named(number, version));
          assert.deepEqual(order(objects), byName(objects));
        }
      }),
    );
  });

  it('have both of two that have one name', () => {
    const order = keptByName<Named>();
    const one = { ...named(1), uid: 'one' };
    const other = { ...named(1), uid: 'other' };
    order([one]);
    assert.deepEqual(order([other, one]), [one, other]);
    assert.deepEqual(order([other]), [other]);
  });
});
