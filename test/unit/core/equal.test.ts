import assert from 'node:assert/strict';
import { isEqual } from '../../../src/core/equal.ts';

describe('isEqual', () => {
  const object = { spec: { ports: [{ port: 80 }, null], name: 'a' } };

  it('compares values of any depth, whatever the order of their keys', () => {
    assert.ok(isEqual(object, { spec: { name: 'a', ports: [{ port: 80 }, null] } }));
    assert.ok(isEqual(undefined, undefined));
  });

  it('tells apart what differs anywhere', () => {
    assert.ok(!isEqual(object, { spec: { name: 'a', ports: [null, { port: 80 }] } }));
    assert.ok(!isEqual({ a: undefined }, { b: undefined }));
    assert.ok(!isEqual({ a: 1 }, { a: 1, b: 2 }));
    assert.ok(!isEqual([], {}));
    assert.ok(!isEqual(null, {}));
    assert.ok(!isEqual('1', 1));
  });
});
