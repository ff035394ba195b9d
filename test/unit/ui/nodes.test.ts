import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinedNodes, manyNodes } from '../../../src/ui/tree/nodes.ts';
import { node } from '../../support/fake-branch.ts';

describe('a list of nodes', () => {
  it('makes only those that are shown', () => {
    const made: number[] = [];
    const nodes = manyNodes([0, 1, 2, 3, 4], (number) => {
      made.push(number);
      return node(String(number));
    });
    assert.equal(nodes.length, 5);
    assert.deepEqual(
      nodes.slice(1, 3).map(({ key }) => key),
      ['1', '2'],
    );
    assert.deepEqual(made, [1, 2]);
  });

  it('that is joined of several is as one of all their nodes, whatever part of it is shown', () => {
    const parts = fc.array(
      fc.array(
        fc.string().map((key) => node(key)),
        { maxLength: 4 },
      ),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(parts, fc.nat(25), fc.nat(25), (lists, start, end) => {
        const joined = joinedNodes(lists);
        assert.equal(joined.length, lists.flat().length);
        assert.deepEqual(joined.slice(start, end), lists.flat().slice(start, end));
      }),
    );
  });

  it('that is joined asks no list of which nothing is shown', () => {
    const hidden = { length: 2, slice: () => assert.fail('asked') };
    const joined = joinedNodes([hidden, [node('a')], hidden]);
    assert.deepEqual(
      joined.slice(2, 3).map(({ key }) => key),
      ['a'],
    );
  });
});
