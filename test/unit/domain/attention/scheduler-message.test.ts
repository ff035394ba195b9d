import assert from 'node:assert/strict';
import { readSchedulerMessage, verdictInWords } from '../../../../src/domain/attention/scheduler-message.ts';

const inWords = (message: string) => verdictInWords(readSchedulerMessage(message));

describe('what the scheduler says', () => {
  for (const [message, words] of [
    ['0/3 nodes are available: 3 Insufficient cpu.', 'too little CPU is free (3 of 3 nodes)'],
    [
      '0/5 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}, 2 Insufficient memory, 2 Too many pods.',
      'a taint that it does not tolerate: dedicated=gpu (1 of 5 nodes)',
    ],
    ['0/1 nodes are available: 1 node(s) had untolerated taint(s).', 'taints that it does not tolerate (1 of 1 nodes)'],
    [
      '0/1 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.',
      'a taint that it does not tolerate: node-role.kubernetes.io/control-plane (1 of 1 nodes)',
    ],
    [
      "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.",
      'not a node that its node selector or affinity asks for (2 of 2 nodes)',
    ],
    ['0/2 nodes are available: 2 node(s) were unschedulable.', 'cordoned (2 of 2 nodes)'],
    [
      "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.",
      'a pod there that its anti-affinity keeps away from (2 of 2 nodes)',
    ],
    [
      "0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints (missing required label).",
      'its topology spread constraints would be broken (2 of 2 nodes)',
    ],
    [
      '0/2 nodes are available: 2 node(s) had volume node affinity conflict.',
      'its volume cannot be reached from there (2 of 2 nodes)',
    ],
    [
      "0/2 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.",
      'its volume cannot be reached from there (2 of 2 nodes)',
    ],
    ['0/2 nodes are available: 2 Insufficient nvidia.com/gpu.', 'too little nvidia.com/gpu is free (2 of 2 nodes)'],
    [
      '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
      'its volume claim has no volume yet',
    ],
    [
      '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
      'its volume claim has no volume yet',
    ],
    ['0/3 nodes are available: persistentvolumeclaim "data" not found.', 'there is no volume claim data'],
    ['0/0 nodes are available:', 'the cluster has no nodes'],
    ['no nodes available to schedule pods', 'no nodes available to schedule pods'],
    ['', 'the scheduler does not say why'],
    ['0/4 nodes are available: 4 node(s) are in the wrong mood.', 'node(s) are in the wrong mood (4 of 4 nodes)'],
  ] as const)
    it(`is told in plain words: ${message || 'nothing'}`, () =>
      assert.ok(inWords(message).includes(words), inWords(message)));

  it('is told in full, the obstacle of most nodes first', () => {
    const message =
      '0/10 nodes are available: 1 Too many pods, 3 node(s) had untolerated taint {dedicated: gpu}, 6 Insufficient cpu.';
    assert.equal(
      inWords(message),
      'too little CPU is free (6 of 10 nodes), a taint that it does not tolerate: dedicated=gpu (3 of 10 nodes), no room for another pod (1 of 10 nodes)',
    );
  });

  it('keeps what it says of preemption apart, also behind the claims of devices', () => {
    const tail = '0/3 nodes are available: 3 No preemption victims found for incoming pod.';
    for (const before of ['preemption: ', 'no new claims to deallocate, preemption: ']) {
      const verdict = readSchedulerMessage(`0/3 nodes are available: 3 Insufficient cpu. ${before}${tail}`);
      assert.deepEqual([verdict.obstacles.length, verdict.preemption], [1, tail]);
    }
  });

  it('says the same thing once', () => {
    const message =
      "0/4 nodes are available: 1 node(s) had volume node affinity conflict, 3 node(s) didn't match PersistentVolume's node affinity.";
    assert.equal(inWords(message), 'its volume cannot be reached from there (4 of 4 nodes)');
  });
});
