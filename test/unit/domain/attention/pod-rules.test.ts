import assert from 'node:assert/strict';
import { aConfiguration, aContainer, aPod, aWarning } from '../../../support/builders/kubernetes.ts';
import { findingsOn, minute, noon, sentencesOn } from '../../../support/attention.ts';
import { started, exitOf, waiting, looping, ready, podWith, podOf, unhealthy } from '../../../support/troubled-pods.ts';

describe('a pod that needs attention', () => {
  it('restarts again and again, and is told once with how it ended', () => {
    const killed = exitOf(137, { reason: 'OOMKilled' });
    const pod = podOf(looping({ lastExit: killed }), { conditions: [ready('False', started)] });
    const [finding, ...more] = findingsOn([
      ['pods', pod],
      ['warnings', unhealthy('Liveness probe failed: x')],
    ]);
    assert.deepEqual(more, []);
    assert.equal(finding?.sentence, 'front-end-0 restarts again and again: exit code 137, OOMKilled');
    assert.deepEqual([finding.times, finding.lastAt, finding.severity], [5, killed.at, 'error']);
    assert.match(finding.detail().join(), /more memory than its limit/);
  });

  it('is in its loop also while it runs between two crashes, until it has run for ten minutes', () => {
    const running = podOf(looping({ state: { kind: 'running', reason: '', message: '' } }));
    const said = ['front-end-0 restarts again and again: exit code 1'];
    assert.deepEqual(sentencesOn([['pods', running]]), said);
    assert.deepEqual(sentencesOn([['pods', running]], noon + 7 * minute), said);
    assert.deepEqual(sentencesOn([['pods', running]], noon + 8 * minute), []);
  });

  it('names the container where there are others', () => {
    const pod = podWith({ containers: [aContainer(), looping({ name: 'proxy' })] });
    assert.deepEqual(sentencesOn([['pods', pod]]), ['front-end-0 restarts again and again: proxy: exit code 1']);
  });

  it('was killed for its memory, which is forgotten after an hour', () => {
    const pod = podOf(aContainer({ restarts: 1, lastExit: exitOf(137, { reason: 'OOMKilled' }) }));
    assert.deepEqual(sentencesOn([['pods', pod]]), ['front-end-0 was killed for using more memory than its limit']);
    assert.deepEqual(sentencesOn([['pods', pod]], noon + 60 * minute), []);
  });

  for (const [message, why] of [
    ['rpc error: code = NotFound desc = failed to pull and unpack image "x": x: not found', 'there is no such image'],
    [
      'failed to resolve reference "docker.io/x:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      'the registry does not allow it, or there is no such image',
    ],
    [
      'failed to do request: Head "https://r.example/v2": dial tcp: lookup r.example: no such host',
      'the registry cannot be reached',
    ],
    ['toomanyrequests: You have reached your pull rate limit', 'the registry allows no more pulls for now'],
    [
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'the certificate of the registry is not trusted',
    ],
    ['no match for platform in manifest: not found', 'it is not made for the architecture of the node'],
    ['something new', 'something new'],
  ] as const)
    it(`cannot get its image: ${why}`, () => {
      const pod = podOf(aContainer({ ready: false, state: waiting('ErrImagePull', message) }), { phase: 'Pending' });
      assert.deepEqual(sentencesOn([['pods', pod]]), [`front-end-0 cannot get its image front-end:1: ${why}`]);
    });

  it('cannot get its image, for the reason that only the event tells', () => {
    const state = waiting('ImagePullBackOff', 'Back-off pulling image "front-end:1"');
    const said = aWarning({ reason: 'Failed', message: 'Failed to pull image "front-end:1": manifest unknown' });
    assert.deepEqual(
      sentencesOn([
        ['pods', podOf(aContainer({ ready: false, state }), { phase: 'Pending' })],
        ['warnings', said],
      ]),
      ['front-end-0 cannot get its image front-end:1: there is no such image'],
    );
  });

  it('finds no node, with the reason in plain words and the scheduler’s own beside', () => {
    const message =
      '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.';
    const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, changedAt: started };
    const pod = aPod({ phase: 'Pending', nodeName: '', conditions: [condition] });
    const [finding] = findingsOn([['pods', pod]]);
    assert.equal(finding?.sentence, 'front-end-0 finds no node: too little CPU is free (3 of 3 nodes)');
    assert.deepEqual(finding.detail(), ['No other pods can be evicted to make room.', message]);
  });

  it('is looked at by no scheduler, which is told after a minute', () => {
    const pod = aPod({ phase: 'Pending', nodeName: '', createdAt: noon });
    assert.deepEqual(sentencesOn([['pods', pod]], noon + minute - 1), []);
    assert.deepEqual(sentencesOn([['pods', pod]], noon + minute), [
      'No scheduler has looked for a node for front-end-0',
    ]);
  });

  for (const [reason, message, why] of [
    ['CreateContainerConfigError', 'secret "database" not found', 'there is no Secret database'],
    ['CreateContainerConfigError', "couldn't find key user in Secret shop/database", 'Secret database has no key user'],
    [
      'RunContainerError',
      'exec: "web": executable file not found in $PATH',
      'exec: "web": executable file not found in $PATH',
    ],
  ] as const)
    it(`cannot start: ${why}`, () => {
      const pod = podOf(aContainer({ ready: false, state: waiting(reason, message) }), { phase: 'Pending' });
      assert.deepEqual(sentencesOn([['pods', pod]]), [`front-end-0 cannot start: ${why}`]);
    });

  it('cannot start for want of a volume, as long as the kubelet says so', () => {
    const pod = podOf(aContainer({ ready: false, state: waiting('ContainerCreating') }), { phase: 'Pending' });
    const message = 'MountVolume.SetUp failed for volume "db" : secret "database" not found';
    const said = aWarning({ reason: 'FailedMount', message, lastAt: noon });
    const things = [
      ['pods', pod],
      ['warnings', said],
    ] as const;
    assert.deepEqual(sentencesOn(things), ['front-end-0 cannot start: there is no Secret database']);
    assert.ok(
      !sentencesOn(things, noon + 11 * minute).includes('front-end-0 cannot start: there is no Secret database'),
    );
  });

  it('is no longer ready, told after a minute; has not become ready, told after five', () => {
    const lost = podOf(aContainer({ ready: false }), { conditions: [ready('False', noon - minute)] });
    assert.deepEqual(sentencesOn([['pods', lost]], noon - 1), []);
    assert.deepEqual(sentencesOn([['pods', lost]]), ['front-end-0 is no longer ready']);
    const starting = aPod({ startedAt: noon, conditions: [ready('False', noon)] });
    assert.deepEqual(sentencesOn([['pods', starting]], noon + 5 * minute - 1), []);
    assert.deepEqual(sentencesOn([['pods', starting]], noon + 5 * minute), ['front-end-0 has not become ready']);
  });

  it('was evicted, or has failed for good', () => {
    const at = { phase: 'Failed', createdAt: noon - minute };
    assert.deepEqual(sentencesOn([['pods', aPod({ ...at, reason: 'Evicted' })]]), [
      'front-end-0 was evicted: the node was short of something',
    ]);
    const ended = aContainer({ state: { kind: 'terminated', reason: 'Error', message: '', exit: exitOf(2) } });
    assert.deepEqual(sentencesOn([['pods', aPod({ ...at, containers: [ended] })]]), [
      'front-end-0 failed: exit code 2',
    ]);
  });

  it('is older than a Secret or ConfigMap that it reads, unless its container was started since', () => {
    const uses = [{ kind: 'Secret', name: 'database' }] as const;
    const changed = aConfiguration({ name: 'database', changedAt: noon - 30 * minute });
    const said = ['front-end-0 is older than the Secret that it reads: database'];
    assert.deepEqual(
      sentencesOn([
        ['pods', podOf(aContainer(), { uses })],
        ['secrets', changed],
      ]),
      said,
    );
    assert.deepEqual(
      sentencesOn([
        ['secrets', changed],
        ['pods', podOf(aContainer(), { uses })],
      ]),
      said,
      'in any order',
    );
    assert.deepEqual(
      sentencesOn([
        ['pods', podOf(aContainer(), { uses })],
        ['configmaps', changed],
      ]),
      [],
      'of the other kind',
    );
    const elsewhere = { ...changed, namespace: 'other' };
    assert.deepEqual(
      sentencesOn([
        ['pods', podOf(aContainer(), { uses })],
        ['secrets', elsewhere],
      ]),
      [],
    );
    const again = aContainer({ restarts: 1, lastRestartAt: noon - 10 * minute });
    assert.deepEqual(
      sentencesOn([
        ['pods', podOf(again, { uses })],
        ['secrets', changed],
      ]),
      [],
    );
  });

  it('is not older than the cluster’s certificate, which every pod mounts', () => {
    const uses = [{ kind: 'ConfigMap', name: 'kube-root-ca.crt' }] as const;
    const changed = aConfiguration({ name: 'kube-root-ca.crt', changedAt: noon });
    assert.deepEqual(
      sentencesOn([
        ['pods', podOf(aContainer(), { uses })],
        ['configmaps', changed],
      ]),
      [],
    );
  });

  it('is none while it ends or has done its work', () => {
    assert.deepEqual(sentencesOn([['pods', podOf(looping(), { deletedAt: noon })]]), []);
    assert.deepEqual(sentencesOn([['pods', podOf(looping(), { phase: 'Succeeded' })]]), []);
    assert.deepEqual(sentencesOn([['pods', podOf(aContainer(), { conditions: [ready('True', started)] })]]), []);
  });
});
