import assert from 'node:assert/strict';
import type { Container, ContainerExit, Pod, Warning } from '../../../../src/domain/kubernetes/model.ts';
import { aConfiguration, aContainer, aDeployment, aPod, aWarning } from '../../../support/builders/kubernetes.ts';
import { findingsOn, minute, noon, sentencesOn } from '../../../support/attention.ts';

const started = noon - 60 * minute;
const exit = (code: number, over: Partial<ContainerExit> = {}): ContainerExit => {
  return { code, signal: 0, reason: 'Error', at: noon - 2 * minute, ...over };
};
const waiting = (reason: string, message = '') => ({ kind: 'waiting', reason, message }) as const;
const looping = (over: Partial<Container> = {}): Container =>
  aContainer({ ready: false, restarts: 5, state: waiting('CrashLoopBackOff'), lastExit: exit(1), ...over });
const ready = (status: string, changedAt: number) => ({ type: 'Ready', status, reason: '', message: '', changedAt });
const podWith = (over: Partial<Pod> = {}): Pod => aPod({ startedAt: started, ...over });
const of = (container: Container, over: Partial<Pod> = {}): Pod => podWith({ containers: [container], ...over });
const unhealthy = (message: string, over: Partial<Warning> = {}): Warning =>
  aWarning({ reason: 'Unhealthy', message, firstAt: noon - 5 * minute, lastAt: noon - minute, count: 7, ...over });

describe('a pod that needs attention', () => {
  it('restarts again and again, and is told once with how it ended', () => {
    const killed = exit(137, { reason: 'OOMKilled' });
    const pod = of(looping({ lastExit: killed }), { conditions: [ready('False', started)] });
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
    const running = of(looping({ state: { kind: 'running', reason: '', message: '' } }));
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
    const pod = of(aContainer({ restarts: 1, lastExit: exit(137, { reason: 'OOMKilled' }) }));
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
      const pod = of(aContainer({ ready: false, state: waiting('ErrImagePull', message) }), { phase: 'Pending' });
      assert.deepEqual(sentencesOn([['pods', pod]]), [`front-end-0 cannot get its image front-end:1: ${why}`]);
    });

  it('cannot get its image, for the reason that only the event tells', () => {
    const state = waiting('ImagePullBackOff', 'Back-off pulling image "front-end:1"');
    const said = aWarning({ reason: 'Failed', message: 'Failed to pull image "front-end:1": manifest unknown' });
    assert.deepEqual(
      sentencesOn([
        ['pods', of(aContainer({ ready: false, state }), { phase: 'Pending' })],
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
      const pod = of(aContainer({ ready: false, state: waiting(reason, message) }), { phase: 'Pending' });
      assert.deepEqual(sentencesOn([['pods', pod]]), [`front-end-0 cannot start: ${why}`]);
    });

  it('cannot start for want of a volume, as long as the kubelet says so', () => {
    const pod = of(aContainer({ ready: false, state: waiting('ContainerCreating') }), { phase: 'Pending' });
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

  for (const [message, said] of [
    ['Readiness probe failed: HTTP probe failed with statuscode: 503', 'readiness probe: it answers HTTP 503'],
    [
      'Liveness probe failed: Get "http://10.0.0.1:80/": dial tcp 10.0.0.1:80: connect: connection refused',
      'liveness probe: nothing listens on the port',
    ],
    [
      'Startup probe failed: Get "http://10.0.0.1/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      'startup probe: no answer in time',
    ],
    [
      'Readiness probe failed: service unhealthy (responded with "NOT_SERVING")',
      'readiness probe: it answers NOT_SERVING',
    ],
    ["Liveness probe failed: cat: can't open '/tmp/healthy'", "liveness probe: cat: can't open '/tmp/healthy'"],
    ['Readiness probe errored and resulted in unknown state: rpc error', 'readiness probe: rpc error'],
  ] as const)
    it(`fails its ${said}`, () => {
      const [finding] = findingsOn([
        ['pods', of(aContainer(), { conditions: [ready('False', noon - 5 * minute)] })],
        ['warnings', unhealthy(message)],
      ]);
      assert.equal(finding?.sentence, `front-end-0 fails its ${said}`);
      assert.equal(finding.times, 7);
      assert.match(finding.detail()[0] ?? '', said.startsWith('readiness') ? /no requests/ : /restarts the container/);
    });

  it('fails the probe that restarts it, whichever was told last', () => {
    const [first] = sentencesOn([
      ['pods', of(aContainer())],
      ['warnings', unhealthy('Readiness probe failed: x', { uid: 'a', lastAt: noon })],
      ['warnings', unhealthy('Liveness probe failed: x', { uid: 'b' })],
    ]);
    assert.equal(first, 'front-end-0 fails its liveness probe: x');
  });

  it('no longer fails a probe once it is ready, or when nothing more is heard', () => {
    const recovered = of(aContainer(), { conditions: [ready('True', noon)] });
    const said = unhealthy('Readiness probe failed: x');
    assert.deepEqual(
      sentencesOn([
        ['pods', recovered],
        ['warnings', said],
      ]),
      [],
    );
    assert.deepEqual(
      sentencesOn(
        [
          ['pods', of(aContainer(), { conditions: [ready('True', started)] })],
          ['warnings', said],
        ],
        noon + 10 * minute,
      ),
      [],
    );
  });

  it('is no longer ready, told after a minute; has not become ready, told after five', () => {
    const lost = of(aContainer({ ready: false }), { conditions: [ready('False', noon - minute)] });
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
    const ended = aContainer({ state: { kind: 'terminated', reason: 'Error', message: '', exit: exit(2) } });
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
        ['pods', of(aContainer(), { uses })],
        ['secrets', changed],
      ]),
      said,
    );
    assert.deepEqual(
      sentencesOn([
        ['secrets', changed],
        ['pods', of(aContainer(), { uses })],
      ]),
      said,
      'in any order',
    );
    assert.deepEqual(
      sentencesOn([
        ['pods', of(aContainer(), { uses })],
        ['configmaps', changed],
      ]),
      [],
      'of the other kind',
    );
    const elsewhere = { ...changed, namespace: 'other' };
    assert.deepEqual(
      sentencesOn([
        ['pods', of(aContainer(), { uses })],
        ['secrets', elsewhere],
      ]),
      [],
    );
    const again = aContainer({ restarts: 1, lastRestartAt: noon - 10 * minute });
    assert.deepEqual(
      sentencesOn([
        ['pods', of(again, { uses })],
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
        ['pods', of(aContainer(), { uses })],
        ['configmaps', changed],
      ]),
      [],
    );
  });

  it('is none while it ends or has done its work', () => {
    assert.deepEqual(sentencesOn([['pods', of(looping(), { deletedAt: noon })]]), []);
    assert.deepEqual(sentencesOn([['pods', of(looping(), { phase: 'Succeeded' })]]), []);
    assert.deepEqual(sentencesOn([['pods', of(aContainer(), { conditions: [ready('True', started)] })]]), []);
  });
});

describe('pods of one workload', () => {
  const owners = [{ kind: 'ReplicaSet', name: 'carts-6d5f', uid: 'rs', controller: true }];
  const labels = { 'pod-template-hash': '6d5f' };
  const cart = (index: number, container = looping()): Pod =>
    of(container, { uid: `cart-${index}`, name: `carts-6d5f-${index}`, owners, labels });

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
        ['pods', cart(2, looping({ lastExit: exit(2) }))],
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
