import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/core/event.ts';
import { eachChange } from '../../../../src/domain/remediation/each-change.ts';

describe('eachChange', () => {
  it('fails with the first call that does, and hears nothing more', async () => {
    const changed = new Emitter<undefined>();
    let calls = 0;
    const fails = () => Promise.reject(new Error(`call ${++calls}`));
    await assert.rejects(eachChange(changed.event, undefined, new AbortController().signal, fails), /call 1/);
    changed.fire(undefined);
    assert.deepEqual([calls, changed.size], [1, 0]);
  });
});
