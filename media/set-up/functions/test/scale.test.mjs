import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { change } from '../scale/index.mjs';

const target = { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'web' };
const scaledTo = (max_replicas, over = {}) => change({ target: { ...target, ...over }, values: { max_replicas } });

describe('scale', () => {
  it('changes maxReplicas alone', () => {
    const { path, patch } = scaledTo('10');
    assert.equal(path, '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/web');
    assert.deepEqual(patch, { spec: { maxReplicas: 10 } });
  });

  it('takes no number that is none, and names as names', () => {
    for (const value of ['', '0', '100000', '5; rm', undefined]) assert.throws(() => scaledTo(value), /whole number/);
    assert.match(scaledTo('2', { name: '../x?y' }).path, /\/\.\.%2Fx%3Fy$/);
  });
});
