import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/domain/remediation/json.ts';
import { marked, markChange, markPath, unmarked } from '../../../../src/domain/remediation/mark.ts';
import { targetGuard } from '../../../../src/domain/remediation/target-guard.ts';
import { FakeCluster } from '../../../support/builders/kubernetes.ts';
import { aTarget, prod } from '../../../support/builders/remediation.ts';

const { signal } = new AbortController();
const key = 'jarvis.dev/plan';
const pointer = '/metadata/annotations/jarvis.dev~1plan';
const anObject = (annotations?: JsonObject): JsonObject => ({ metadata: { ...(annotations && { annotations }) } });

describe('the mark of a plan', () => {
  it('is added to the annotations that are there, guarded by the mark of before', () => {
    for (const [annotations, before] of [
      [{ team: 'blue' }, null],
      [{ [key]: 'jv-before' }, 'jv-before'],
    ] as const)
      assert.deepEqual(marked(anObject(annotations), [], 'jv-1'), [
        { op: 'test', path: pointer, value: before },
        { op: 'add', path: pointer, value: 'jv-1' },
      ]);
  });

  it('overwrites none that somebody sets meanwhile where there are none', () => {
    assert.deepEqual(marked(anObject(), [], 'jv-1'), [
      { op: 'test', path: '/metadata/annotations', value: null },
      { op: 'add', path: '/metadata/annotations', value: { [key]: 'jv-1' } },
    ]);
  });

  it('goes with those that the patch itself makes', () => {
    const patch = [{ op: 'add', path: '/metadata/annotations', value: { team: 'blue' } }] as const;
    assert.deepEqual(marked(anObject(), patch, 'jv-1').slice(1), [
      { op: 'test', path: pointer, value: null },
      { op: 'add', path: pointer, value: 'jv-1' },
    ]);
  });

  it('is a change of its own, and no other', () => {
    assert.deepEqual(markChange(anObject(), 'jv-1'), { path: markPath, after: 'jv-1' });
    assert.deepEqual(markChange(anObject({ [key]: 'jv-0' }), 'jv-1'), {
      path: markPath,
      before: 'jv-0',
      after: 'jv-1',
    });
    assert.deepEqual(unmarked(anObject({ [key]: 'jv-0' })), anObject());
    assert.deepEqual(unmarked(anObject({ [key]: 'jv-0', team: 'blue' })), anObject({ team: 'blue' }));
  });

  it('is found on the object with its writer and, by this machine’s clock, its time', async () => {
    const cluster = Object.assign(new FakeCluster(prod), { clockSkew: 5_000 });
    const fields = { 'f:metadata': { 'f:annotations': { '.': {}, [`f:${key}`]: {} } } };
    const entry = { manager: 'jarvis-lambda', time: '2026-11-21T12:00:00Z', fieldsV1: fields };
    const object: JsonObject = { metadata: { annotations: { [key]: 'jv-afar' }, managedFields: [entry] } };
    const read = { object };
    const inspector = { read: () => Promise.resolve(read.object), dryRun: () => Promise.resolve({}) };
    const guard = targetGuard(inspector, { cluster: () => cluster });
    const at = Date.parse('2026-11-21T11:59:55Z');
    assert.deepEqual(await guard.mark(aTarget(), signal), { planId: 'jv-afar', manager: 'jarvis-lambda', at });
    read.object = anObject({ [key]: 'jv-afar' });
    assert.equal(await guard.mark(aTarget(), signal), undefined, 'of a time that nobody has noted');
  });
});
