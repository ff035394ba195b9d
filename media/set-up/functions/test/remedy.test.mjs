import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Refusal, remedy, wholeNumber } from '../shared/remedy.mjs';

const target = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const event = { version: 1, planId: 'jv-1', remediation: 'restart', target, values: {} };

describe('remedy', () => {
  it('answers for the plan that it was given', async () => {
    const handler = remedy(async () => ({ status: 'done', message: 'so' }));
    assert.deepEqual(await handler(event), { version: 1, planId: 'jv-1', status: 'done', message: 'so' });
  });

  it('says why it refuses, and throws what went wrong', async () => {
    const refusing = remedy(() => Promise.reject(new Refusal('not so')));
    assert.deepEqual(await refusing(event), { version: 1, planId: 'jv-1', status: 'failed', message: 'not so' });
    await assert.rejects(remedy(() => Promise.reject(new RangeError('broken')))(event), RangeError);
  });

  it('takes no payload of another version', async () => {
    const handler = remedy(() => assert.fail('nothing is done'));
    assert.equal((await handler({ ...event, version: 2 })).status, 'failed');
  });
});

describe('wholeNumber', () => {
  it('takes no other text', () => {
    assert.equal(wholeNumber({ n: '7' }, 'n', { min: 1, max: 9 }), 7);
    for (const n of ['', '0', '10', '1e0', ' 1', '-1', '1.0', undefined])
      assert.throws(() => wholeNumber({ n }, 'n', { min: 1, max: 9 }), Refusal);
  });
});
