import assert from 'node:assert/strict';
import { aCondition, minute, noon, sentencesOn } from '../../../support/attention.ts';
import {
  aContainer,
  aCronJob,
  aDaemonSet,
  aDeployment,
  aJob,
  aPod,
  aWarning,
} from '../../../support/builders/kubernetes.ts';

describe('a workload that needs attention', () => {
  it('lacks pods that the quota does not allow', () => {
    const message =
      'pods "carts-1" is forbidden: exceeded quota: team, requested: pods=1, used: pods=10, limited: pods=10';
    const conditions = [aCondition('ReplicaFailure', 'True', { reason: 'FailedCreate', message })];
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
    aJob({ failed: 7, conditions: [aCondition('Failed', 'True', { reason: 'BackoffLimitExceeded' })], ...over });

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
