import assert from 'node:assert/strict';
import type { Hpa } from '../../../../src/domain/kubernetes/model.ts';
import { aCondition, findingsOn, minute, noon, sentencesOn } from '../../../support/attention.ts';
import { anHpa } from '../../../support/builders/kubernetes.ts';

describe('an HPA that needs attention', () => {
  const calm = anHpa({ metrics: [], currentReplicas: 2 });
  const unable = (type: string, reason: string, message: string): Hpa => ({
    ...calm,
    conditions: [aCondition(type, 'False', { reason, message })],
  });

  it('stands at its maximum and is still above target', () => {
    const conditions = [aCondition('ScalingLimited', 'True', { reason: 'TooManyReplicas' })];
    const [finding] = findingsOn([['horizontalpodautoscalers', anHpa({ conditions })]]);
    const said = 'front-end runs its maximum of 4 replicas and is still above target: cpu at 200 %, target 50 %';
    assert.equal(finding?.sentence, said);
    assert.deepEqual([finding.severity, finding.since], ['error', noon - 10 * minute]);
  });

  it('is well with room to grow, and at its maximum on target', () => {
    const onTarget = [{ type: 'Resource', name: 'cpu', targetKind: 'Utilization', target: 50, current: 50 }] as const;
    for (const over of [{ maxReplicas: 10 }, { metrics: onTarget }])
      assert.deepEqual(sentencesOn([['horizontalpodautoscalers', anHpa(over)]]), []);
  });

  const wrapped = 'the HPA was unable to compute the replica count: failed to get cpu utilization: ';
  for (const [message, why] of [
    [`${wrapped}missing request for cpu in container web of Pod web-1`, 'container web requests no cpu'],
    [
      `${wrapped}unable to get metrics for resource cpu: no metrics returned from resource metrics API`,
      'the metrics API has none',
    ],
    [`${wrapped}the server is on holiday`, 'the server is on holiday'],
  ] as const)
    it(`gets no metrics: ${why}`, () => {
      const hpa = unable('ScalingActive', 'FailedGetResourceMetric', message);
      assert.deepEqual(sentencesOn([['horizontalpodautoscalers', hpa]]), [
        `front-end does not scale, since it gets no metrics: ${why}`,
      ]);
    });

  it('has nothing to scale; one that is switched off or has just begun is well', () => {
    const nothing = unable('AbleToScale', 'FailedGetScale', 'not found');
    assert.deepEqual(sentencesOn([['horizontalpodautoscalers', nothing]]), [
      'front-end finds nothing to scale: Deployment front-end',
    ]);
    assert.deepEqual(sentencesOn([['horizontalpodautoscalers', nothing]], noon - 9.5 * minute), []);
    const off = unable('ScalingActive', 'ScalingDisabled', 'zero');
    assert.deepEqual(sentencesOn([['horizontalpodautoscalers', off]]), []);
  });
});
