import assert from 'node:assert/strict';
import {
  claimHealth,
  hpaHealth,
  isProblem,
  jobHealth,
  nodeHealth,
  podHealth,
  releaseHealth,
  workloadHealth,
} from '../../../../src/domain/kubernetes/health.ts';
import type { Condition, Pod } from '../../../../src/domain/kubernetes/model.ts';
import { sentencesOn } from '../../../support/attention.ts';
import { aJob, aNode, aPersistentVolumeClaim, aPod, anHpa } from '../../../support/builders/kubernetes.ts';

const condition = (type: string, status: string, reason = ''): Condition => ({ type, status, reason, message: '' });

describe('the health of a row', () => {
  it('of a pod follows what kubectl says', () => {
    const healths = (pods: readonly Partial<Pod>[]) => pods.map((over) => podHealth(aPod(over)));
    assert.deepEqual(healths([{}, { phase: 'Succeeded' }, { phase: 'Pending' }, { deletedAt: 1, phase: 'Failed' }]), [
      'good',
      'good',
      'warning',
      'idle',
    ]);
    const reasons = ['CrashLoopBackOff', 'ErrImagePull', 'CreateContainerConfigError', 'Init:OOMKilled'];
    assert.deepEqual(healths([{ phase: 'Failed' }, ...reasons.map((reason) => ({ reason }))]), [
      'bad',
      'bad',
      'bad',
      'bad',
      'bad',
    ]);
  });

  for (const [ready, wanted, updated, health] of [
    [0, 0, 0, 'idle'],
    [0, 2, 2, 'bad'],
    [1, 2, 2, 'warning'],
    [2, 2, 1, 'busy'],
    [2, 2, 2, 'good'],
  ] as const)
    it(`of a workload with ${ready} of ${wanted} ready and ${updated} new ones is ${health}`, () =>
      assert.equal(workloadHealth({ ready, wanted, updated }), health));

  it('of a claim, of a release', () => {
    const phases = ['Bound', 'Pending', 'Lost'].map((phase) => claimHealth(aPersistentVolumeClaim({ phase })));
    assert.deepEqual(phases, ['good', 'warning', 'bad']);
    const statuses = ['deployed', 'superseded', 'uninstalled', 'failed', 'pending-upgrade', 'unknown'];
    assert.deepEqual(
      statuses.map((status) => releaseHealth({ status })),
      ['good', 'idle', 'idle', 'bad', 'warning', 'warning'],
    );
  });
});

describe('the health of a row and what needs attention agree', () => {
  const calm = { metrics: [], currentReplicas: 2 };
  for (const [what, conditions, isTrouble] of [
    ['has nothing to scale', [condition('AbleToScale', 'False', 'FailedGetScale')], true],
    ['may not write the scale', [condition('AbleToScale', 'False', 'FailedUpdateScale')], true],
    ['has no metrics', [condition('ScalingActive', 'False', 'FailedGetResourceMetric')], true],
    ['is switched off', [condition('ScalingActive', 'False', 'ScalingDisabled')], false],
    ['scales', [condition('ScalingActive', 'True'), condition('AbleToScale', 'True')], false],
  ] as const)
    it(`on an HPA that ${what}`, () => {
      const hpa = anHpa({ ...calm, conditions });
      assert.equal(isProblem(hpaHealth(hpa)), isTrouble);
      assert.equal(sentencesOn([['horizontalpodautoscalers', hpa]]).length > 0, isTrouble);
    });

  for (const [what, conditions, isTrouble] of [
    ['is ready', [condition('Ready', 'True')], false],
    ['is not ready', [condition('Ready', 'False')], true],
    ['never told', [], true],
    ['is short of memory', [condition('Ready', 'True'), condition('MemoryPressure', 'True')], true],
    ['tells something good of its own', [condition('Ready', 'True'), condition('EtcdIsVoter', 'True')], false],
  ] as const)
    it(`on a node that ${what}`, () => {
      const node = aNode({ conditions });
      assert.equal(isProblem(nodeHealth(node)), isTrouble);
      assert.equal(sentencesOn([['nodes', node]]).length > 0, isTrouble);
    });

  for (const [what, conditions, isTrouble] of [
    ['failed', [condition('Failed', 'True', 'BackoffLimitExceeded')], true],
    ['is complete', [condition('Complete', 'True')], false],
    ['has begun', [], false],
  ] as const)
    it(`on a job that ${what}`, () => {
      const job = aJob({ conditions });
      assert.equal(isProblem(jobHealth(job)), isTrouble);
      assert.equal(sentencesOn([['jobs', job]]).length > 0, isTrouble);
    });
});
