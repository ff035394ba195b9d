import assert from 'node:assert/strict';
import { forecastReplicas, hpaConditionInWords, isAtMax } from '../../../../src/domain/kubernetes/hpa.ts';
import { anHpa } from '../../../support/builders/kubernetes.ts';

function cpu(current: number | undefined, target = 50) {
  const metric = { type: 'Resource', name: 'cpu', targetKind: 'Utilization', target } as const;
  return [{ ...metric, ...(current !== undefined && { current }) }];
}

describe('forecastReplicas', () => {
  it('follows the HPA’s formula and is bounded by the maximum', () => {
    assert.deepEqual(forecastReplicas(anHpa(), 10), { unbounded: 16, replicas: 10 });
    assert.deepEqual(forecastReplicas(anHpa(), 20), { unbounded: 16, replicas: 16 });
  });

  it('changes nothing within the tolerance of a tenth', () => {
    assert.equal(forecastReplicas(anHpa({ metrics: cpu(54) }), 10)?.replicas, 4);
    assert.equal(forecastReplicas(anHpa({ metrics: cpu(56) }), 10)?.replicas, 5);
  });

  it('takes the largest wish of several metrics', () => {
    assert.equal(forecastReplicas(anHpa({ metrics: [...cpu(60), ...cpu(100)] }), 10)?.replicas, 8);
  });

  it('goes no lower than minReplicas', () => {
    assert.deepEqual(forecastReplicas(anHpa({ metrics: cpu(5) }), 10), { unbounded: 1, replicas: 2 });
  });

  it('foretells nothing without a value', () => {
    assert.equal(forecastReplicas(anHpa({ metrics: cpu(undefined) }), 10), undefined);
    assert.equal(forecastReplicas(anHpa({ metrics: [] }), 10), undefined);
  });
});

describe('isAtMax', () => {
  it('is so when all replicas run and the metrics ask for more', () => assert.ok(isAtMax(anHpa())));
  it('is not when the load fits', () => assert.ok(!isAtMax(anHpa({ metrics: cpu(50) }))));
  it('is not while replicas are still allowed', () => assert.ok(!isAtMax(anHpa({ currentReplicas: 3 }))));
  it('believes the controller’s own condition', () => {
    const limited = { type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas', message: '' };
    assert.ok(isAtMax(anHpa({ metrics: [], conditions: [limited] })));
  });
});

describe('hpaConditionInWords', () => {
  for (const [type, status, reason, words] of [
    ['ScalingActive', 'False', 'FailedGetResourceMetric', 'it gets no metrics: details'],
    ['ScalingActive', 'False', 'ScalingDisabled', 'scaling is disabled: the workload has 0 replicas'],
    ['ScalingLimited', 'True', 'TooManyReplicas', 'it wants more replicas than its maximum'],
    ['ScalingLimited', 'True', 'ScaleUpLimit', 'details'],
    ['AbleToScale', 'False', 'FailedUpdateScale', 'it cannot scale: details'],
    ['Novel', 'True', 'New', 'Novel True: details'],
  ] as const) {
    it(`${type} ${status} ${reason}`, () => {
      assert.equal(hpaConditionInWords({ type, status, reason, message: 'details' }), words);
    });
  }
});
