import assert from 'node:assert/strict';
import { isNamespaceName, namesIn } from '../../../../src/domain/kubernetes/namespace-name.ts';

describe('typed namespaces', () => {
  it('are apart by commas or spaces, each counted once', () => {
    assert.deepEqual(namesIn(' payments, orders  payments,'), ['payments', 'orders']);
    assert.deepEqual(namesIn('  '), []);
  });

  for (const [name, isRight] of [
    ['payments', true],
    ['a', true],
    ['team-2', true],
    ['-a', false],
    ['a-', false],
    ['Payments', false],
    ['a.b', false],
    ['a/../b', false],
    ['', false],
    ['x'.repeat(63), true],
    ['x'.repeat(64), false],
  ] as const)
    it(`${isRight ? 'may' : 'may not'} be "${name.slice(0, 20)}"`, () => assert.equal(isNamespaceName(name), isRight));
});
