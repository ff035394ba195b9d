import assert from 'node:assert/strict';
import { compareNames } from '../../../src/core/natural-order.ts';

const sorted = (...names: string[]) => names.sort(compareNames);

describe('the order of names', () => {
  it('counts numbers as a person does', () => {
    assert.deepEqual(sorted('web-10', 'web-2', 'web-1'), ['web-1', 'web-2', 'web-10']);
    assert.deepEqual(sorted('a2b10', 'a2b9', 'a10b1'), ['a2b9', 'a2b10', 'a10b1']);
    assert.deepEqual(sorted('v007', 'v8', 'v06'), ['v06', 'v007', 'v8']);
    assert.deepEqual(sorted('n0', 'n', 'n00', 'n1'), ['n', 'n0', 'n00', 'n1']);
  });

  it('puts the shorter of two first', () => {
    assert.deepEqual(sorted('web-front', 'web'), ['web', 'web-front']);
  });

  it('leaves what is not ASCII to the language', () => {
    assert.deepEqual(sorted('zebra', 'être', 'eta'), ['eta', 'être', 'zebra']);
  });

  it('agrees with a collator on names of Kubernetes', () => {
    const collator = new Intl.Collator('en', { numeric: true });
    const names = ['web-1', 'web-10', 'web-9', 'api-6d5f8c7b9d-x2x9z', 'api-6d5f8c7b9d-x10xz', 'db-0', 'db-12', 'db-3'];
    assert.deepEqual(names.toSorted(compareNames), names.toSorted(collator.compare));
  });
});
