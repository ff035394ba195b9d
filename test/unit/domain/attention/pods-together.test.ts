import assert from 'node:assert/strict';
import type { Pod } from '../../../../src/domain/kubernetes/model.ts';
import { aDeployment } from '../../../support/builders/kubernetes.ts';
import { findingsOn, sentencesOn } from '../../../support/attention.ts';
import { exitOf, looping, podOf } from '../../../support/troubled-pods.ts';

describe('pods of one workload', () => {
  const owners = [{ kind: 'ReplicaSet', name: 'carts-6d5f', uid: 'rs', controller: true }];
  const labels = { 'pod-template-hash': '6d5f' };
  const cart = (index: number, container = looping()): Pod =>
    podOf(container, { uid: `cart-${index}`, name: `carts-6d5f-${index}`, owners, labels });

  it('with the same trouble are one finding, about the workload, with the pods under it', () => {
    const [finding, ...more] = findingsOn([
      ['pods', cart(1)],
      ['pods', cart(2, looping({ restarts: 7 }))],
      ['deployments', aDeployment({ name: 'carts' })],
    ]);
    assert.deepEqual(more, []);
    assert.equal(finding?.sentence, '2 pods of carts restart again and again: exit code 1');
    assert.deepEqual([finding.times, finding.count], [12, 2]);
    assert.deepEqual(finding.subject, {
      kind: 'deployments',
      namespace: 'sock-shop',
      name: 'carts',
      uid: 'uid-deployment-front-end',
    });
    assert.deepEqual(
      finding.members().map(({ sentence, subject }) => [sentence, subject.uid]),
      [
        ['carts-6d5f-1 restarts again and again: exit code 1', 'cart-1'],
        ['carts-6d5f-2 restarts again and again: exit code 1', 'cart-2'],
      ],
    );
  });

  it('with different troubles are told apart', () => {
    assert.deepEqual(
      sentencesOn([
        ['pods', cart(1)],
        ['pods', cart(2, looping({ lastExit: exitOf(2) }))],
      ]),
      ['carts restarts again and again: exit code 1', 'carts restarts again and again: exit code 2'],
    );
  });

  it('explain why their deployment lacks pods, which is told with them', () => {
    const deadline = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' };
    const carts = aDeployment({ name: 'carts', available: 1, conditions: [deadline] });
    const stuck = 'The rollout of carts is stuck: 4 of 4 pods are new, 1 are available';
    const [finding, ...more] = findingsOn([
      ['pods', cart(1)],
      ['deployments', carts],
    ]);
    assert.deepEqual(more, []);
    assert.ok(finding?.detail().includes(stuck));
    assert.deepEqual(sentencesOn([['deployments', carts]]), [stuck]);
  });
});
