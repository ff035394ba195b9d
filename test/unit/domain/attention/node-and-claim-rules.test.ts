import assert from 'node:assert/strict';
import type { Node } from '../../../../src/domain/kubernetes/model.ts';
import { aCondition, minute, noon, sentencesOn } from '../../../support/attention.ts';
import { aNode, aPersistentVolumeClaim, aPod, aWarning } from '../../../support/builders/kubernetes.ts';

describe('a node that needs attention', () => {
  const node = (over: Partial<Node>) => sentencesOn([['nodes', aNode(over)]]);
  const ready = aCondition('Ready', 'True');

  it('is silent or not ready, which says all', () => {
    const silent = aCondition('Ready', 'Unknown', { reason: 'NodeStatusUnknown' });
    assert.deepEqual(node({ conditions: [silent], unschedulable: true }), [
      'Node node-0 no longer reports: it may be down or cut off',
    ]);
    assert.deepEqual(node({ conditions: [aCondition('Ready', 'False')] }), ['Node node-0 is not ready']);
  });

  it('has just joined, and may take two minutes', () => {
    const joined = {
      createdAt: noon - minute,
      conditions: [aCondition('Ready', 'False', { changedAt: noon - minute })],
    };
    assert.deepEqual(node(joined), []);
  });

  it('is short of memory and disk', () => {
    const conditions = [ready, aCondition('MemoryPressure', 'True'), aCondition('DiskPressure', 'True')];
    assert.deepEqual(node({ conditions }), ['Node node-0 is short of: memory, disk space']);
  });

  it('is cordoned', () =>
    assert.deepEqual(node({ unschedulable: true }), ['Node node-0 is cordoned: it takes no new pods']));
});

describe('a volume claim that needs attention', () => {
  const pending = (over = {}) =>
    aPersistentVolumeClaim({ name: 'data', phase: 'Pending', volume: '', createdAt: noon - 10 * minute, ...over });
  const about = { kind: 'PersistentVolumeClaim', namespace: 'sock-shop', name: 'data', uid: 'uid-claim' };
  const user = (over = {}) => aPod({ uses: [{ kind: 'PersistentVolumeClaim', name: 'data' }], ...over });

  it('gets no volume, with the reason of the warning', () => {
    const message = 'storageclass.storage.k8s.io "fast" not found';
    const said = aWarning({ about, reason: 'ProvisioningFailed', message });
    assert.deepEqual(
      sentencesOn([
        ['persistentvolumeclaims', pending()],
        ['warnings', said],
      ]),
      ['Volume claim data gets no volume: there is no storage class fast'],
    );
  });

  it('is well while it waits for its first consumer, and not once a pod waits for it', () => {
    assert.deepEqual(sentencesOn([['persistentvolumeclaims', pending()]]), []);
    const waits = { nodeName: 'node-0', conditions: [aCondition('Ready', 'True')] };
    const said = ['Volume claim data gets no volume: nobody says why'];
    assert.deepEqual(
      sentencesOn([
        ['persistentvolumeclaims', pending()],
        ['pods', user(waits)],
      ]),
      said,
    );
    assert.deepEqual(
      sentencesOn([
        ['pods', user(waits)],
        ['persistentvolumeclaims', pending()],
      ]),
      said,
    );
  });

  it('names no storage class, and no volume fits', () => {
    assert.deepEqual(sentencesOn([['persistentvolumeclaims', pending({ storageClass: '' })]]), [
      'Volume claim data gets no volume: no volume fits, and it names no storage class',
    ]);
  });

  it('has lost its volume', () => {
    assert.deepEqual(sentencesOn([['persistentvolumeclaims', pending({ phase: 'Lost', volume: 'pv-1' })]]), [
      'Volume claim data has lost its volume pv-1',
    ]);
  });
});
