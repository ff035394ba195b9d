import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { change, handler } from '../scale/index.mjs';

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
    for (const name of ['.', '..', '']) assert.throws(() => scaledTo('2', { name }), /the name of nothing/);
    assert.throws(() => scaledTo('2', { namespace: '..' }), /the name of nothing/);
  });

  it('patches nothing where the plan does not say which object it was made for', async () => {
    const event = { version: 1, planId: 'jv-1', remediation: 'scaleHpa', target, values: { max_replicas: '2' } };
    const { status, message } = await handler(event);
    assert.deepEqual(
      [status, message],
      ['failed', 'the plan does not say which HorizontalPodAutoscaler it was made for'],
    );
  });
});
