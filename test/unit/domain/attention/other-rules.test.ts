import assert from 'node:assert/strict';
import type { Condition, Hpa, Node } from '../../../../src/domain/kubernetes/model.ts';
import {
  aContainer,
  aCronJob,
  aDaemonSet,
  aDeployment,
  aJob,
  aNode,
  aPersistentVolumeClaim,
  aPod,
  aRelease,
  aWarning,
  anHpa,
} from '../../../support/builders/kubernetes.ts';
import { findingsOn, minute, noon, sentencesOn } from '../../../support/attention.ts';

const condition = (type: string, status: string, over: Partial<Condition> = {}): Condition => {
  return { type, status, reason: '', message: '', changedAt: noon - 10 * minute, ...over };
};

describe('an HPA that needs attention', () => {
  const calm = anHpa({ metrics: [], currentReplicas: 2 });
  const unable = (type: string, reason: string, message: string): Hpa => ({
    ...calm,
    conditions: [condition(type, 'False', { reason, message })],
  });

  it('stands at its maximum and is still above target', () => {
    const conditions = [condition('ScalingLimited', 'True', { reason: 'TooManyReplicas' })];
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

describe('a release that needs attention', () => {
  const release = (revision: number, status: string) =>
    aRelease({ uid: `r${revision}`, revision, status, createdAt: noon - 10 * minute });

  /** As the two kinds that read releases see these revisions. */
  const told = (now: number, ...revisions: readonly ReturnType<typeof release>[]) =>
    sentencesOn(
      revisions.flatMap((one) => [
        ['releaserecords', one] as const,
        ...(one.status === 'deployed' || one.status === 'superseded' ? [] : [['troubledreleases', one] as const]),
      ]),
      now,
    );

  it('failed, with what Helm said', () => {
    const failed = { ...release(2, 'failed'), description: 'Upgrade "sock-shop" failed: timed out' };
    assert.deepEqual(told(noon, failed, release(1, 'superseded')), [
      'Helm release sock-shop failed (revision 2): Upgrade "sock-shop" failed: timed out',
    ]);
  });

  it('is what its newest revision says, whichever came first, and is not judged before that is known', () => {
    const [failed, well] = [release(1, 'failed'), release(2, 'deployed')];
    assert.deepEqual(told(noon, failed, well), []);
    assert.deepEqual(told(noon, well, failed), []);
    assert.deepEqual(sentencesOn([['troubledreleases', failed]]), []);
    const late = sentencesOn([
      ['troubledreleases', failed],
      ['releaserecords', failed],
    ]);
    assert.deepEqual(late, ['Helm release sock-shop failed (revision 1)']);
  });

  for (const [status, said] of [
    ['pending-install', 'is stuck in its installation'],
    ['pending-upgrade', 'is stuck in its upgrade to revision 3'],
    ['pending-rollback', 'is stuck in its rollback (revision 3)'],
    ['uninstalling', 'is stuck in its removal'],
  ] as const)
    it(`${said}, told when it has taken five minutes`, () => {
      assert.deepEqual(told(noon - 5 * minute - 1, release(3, status)), []);
      assert.deepEqual(told(noon - 5 * minute, release(3, status)), [`Helm release sock-shop ${said}`]);
    });
});

describe('a release that is stuck', () => {
  it('tells who wrote it last, and which revision to go back to', () => {
    const of = (revision: number, status: string) =>
      aRelease({ uid: `r${revision}`, revision, status, createdAt: noon - 10 * minute, writtenBy: 'helm-controller' });
    const [finding] = findingsOn([
      ['releaserecords', of(3, 'pending-upgrade')],
      ['releaserecords', of(2, 'failed')],
      ['releaserecords', of(1, 'superseded')],
      ['troubledreleases', of(3, 'pending-upgrade')],
    ]);
    const words = finding?.detail().join('\n') ?? '';
    assert.match(words, /Last written by helm-controller\./);
    assert.match(words, /roll back to revision 1, the last good one/);
  });
});

describe('a workload that needs attention', () => {
  it('lacks pods that the quota does not allow', () => {
    const message =
      'pods "carts-1" is forbidden: exceeded quota: team, requested: pods=1, used: pods=10, limited: pods=10';
    const conditions = [condition('ReplicaFailure', 'True', { reason: 'FailedCreate', message })];
    assert.deepEqual(sentencesOn([['deployments', aDeployment({ available: 3, conditions })]]), [
      'front-end has 3 of 4 pods: the quota team is used up',
    ]);
  });

  it('lacks pods that a webhook refuses, as only the warning tells', () => {
    const about = { kind: 'DaemonSet', namespace: 'sock-shop', name: 'log-agent', uid: 'uid-daemonset-log-agent' };
    const message = 'Error creating: admission webhook "policy.example" denied the request: no';
    assert.deepEqual(
      sentencesOn([
        ['daemonsets', aDaemonSet({ available: 3 })],
        ['warnings', aWarning({ about, reason: 'FailedCreate', message })],
      ]),
      ['log-agent has 3 of 4 pods: the admission webhook policy.example refuses them'],
    );
  });
});

describe('pods that need attention together', () => {
  const owners = [{ kind: 'ReplicaSet', name: 'front-end-abc', uid: 'rs', controller: true }];
  const labels = { 'pod-template-hash': 'abc' };
  const runs = (uid: string, imageId: string) =>
    aPod({ uid, name: uid, owners, labels, containers: [aContainer({ imageId })] });

  it('run different images under one tag, whichever is seen first', () => {
    const said = ['front-end runs 2 different images under front-end:1: the tag was moved'];
    const [a, b, workload] = [runs('a', 'sha256:a'), runs('b', 'sha256:b'), aDeployment()];
    assert.deepEqual(
      sentencesOn([
        ['deployments', workload],
        ['pods', a],
        ['pods', b],
      ]),
      said,
    );
    assert.deepEqual(
      sentencesOn([
        ['pods', a],
        ['pods', b],
        ['deployments', workload],
      ]),
      said,
    );
    assert.deepEqual(
      sentencesOn([
        ['pods', a],
        ['pods', { ...b, deletedAt: noon }],
        ['deployments', workload],
      ]),
      [],
    );
    assert.deepEqual(
      sentencesOn([
        ['pods', a],
        ['pods', runs('b', 'sha256:a')],
        ['deployments', workload],
      ]),
      [],
    );
  });
});

describe('a job that needs attention', () => {
  const failed = (over = {}) =>
    aJob({ failed: 7, conditions: [condition('Failed', 'True', { reason: 'BackoffLimitExceeded' })], ...over });

  it('failed', () =>
    assert.deepEqual(sentencesOn([['jobs', failed()]]), ['Job migrate failed: its pods failed 7 times']));

  it('of a cron job is history once a later one was well', () => {
    const owners = [{ kind: 'CronJob', name: 'report', uid: 'uid-cronjob', controller: true }];
    const job = failed({ owners });
    const cron = (lastSucceededAt: number) => aCronJob({ lastSucceededAt });
    const said = ['Job report failed: its pods failed 7 times'];
    assert.deepEqual(
      sentencesOn([
        ['jobs', job],
        ['cronjobs', cron(noon - 20 * minute)],
      ]),
      said,
    );
    assert.deepEqual(
      sentencesOn([
        ['jobs', job],
        ['cronjobs', cron(noon)],
      ]),
      [],
    );
    assert.deepEqual(
      sentencesOn([
        ['jobs', job],
        ['jobs', { ...job, uid: 'b' }],
      ]),
      ['2 jobs of report failed: its pods failed 7 times'],
    );
  });
});

describe('a node that needs attention', () => {
  const node = (over: Partial<Node>) => sentencesOn([['nodes', aNode(over)]]);
  const ready = condition('Ready', 'True');

  it('is silent or not ready, which says all', () => {
    const silent = condition('Ready', 'Unknown', { reason: 'NodeStatusUnknown' });
    assert.deepEqual(node({ conditions: [silent], unschedulable: true }), [
      'Node node-0 no longer reports: it may be down or cut off',
    ]);
    assert.deepEqual(node({ conditions: [condition('Ready', 'False')] }), ['Node node-0 is not ready']);
  });

  it('has just joined, and may take two minutes', () => {
    const joined = {
      createdAt: noon - minute,
      conditions: [condition('Ready', 'False', { changedAt: noon - minute })],
    };
    assert.deepEqual(node(joined), []);
  });

  it('is short of memory and disk', () => {
    const conditions = [ready, condition('MemoryPressure', 'True'), condition('DiskPressure', 'True')];
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
    const waits = { nodeName: 'node-0', conditions: [condition('Ready', 'True')] };
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
