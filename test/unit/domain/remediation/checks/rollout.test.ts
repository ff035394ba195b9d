import assert from 'node:assert/strict';
import { JarvisError } from '../../../../../src/core/errors.ts';
import { failed } from '../../../../../src/core/loadable.ts';
import type { Pod } from '../../../../../src/domain/kubernetes/model.ts';
import { restartedAt } from '../../../../../src/domain/kubernetes/restarted-at.ts';
import type { ExpectationCheck } from '../../../../../src/domain/remediation/expectation.ts';
import { aConfiguration, aContainer, aDeployment, aPod, aReplicaSet } from '../../../../support/builders/kubernetes.ts';
import { aTarget } from '../../../../support/builders/remediation.ts';
import { aWorld } from '../../../../support/observer-world.ts';

describe('the observer of a rollout', () => {
  const target = aTarget({ kind: 'Deployment', uid: 'uid-deployment-front-end' });
  const now = '2026-11-21T09:00:00.000Z';
  const owners = [{ kind: 'ReplicaSet', name: 'rs', uid: 'uid-replicaset-front-end', controller: true }];
  const ready = [{ type: 'Ready', status: 'True', reason: '', message: '' }];
  const podOf = (name: string, over: Partial<Pod> = {}) => aPod({ uid: name, name, owners, ...over });
  const renewed = (name: string, over: Partial<Pod> = {}) =>
    podOf(name, { annotations: { [restartedAt]: now }, conditions: ready, ...over });

  function aRollout(check: ExpectationCheck = { kind: 'rolledOut', restartedAt: now, keeps: 0 }) {
    const world = aWorld(check, target);
    const { deployments, replicasets } = world.cluster.stores;
    deployments.has(aDeployment({ wanted: 2, available: 2 }));
    replicasets.has(aReplicaSet());
    return { ...world, ...world.cluster.stores };
  }

  it('tells it pod by pod, until the new ones are ready and the old ones gone', async () => {
    const { pods, last, end, cluster } = aRollout();
    assert.equal(await last(), 'not met: its pods are not known yet');
    pods.has(podOf('a'), podOf('b'), renewed('c', { conditions: [], phase: 'Pending' }));
    assert.equal(await last(), 'not met: 0 of 2 new pods ready · c Pending · a Running is old · b Running is old');
    pods.has(renewed('c'), renewed('d', { conditions: [], reason: 'CrashLoopBackOff' }));
    assert.equal(await last(), 'not met: 1 of 2 new pods ready · d CrashLoopBackOff');
    pods.has(renewed('c'), renewed('d'), podOf('b', { deletedAt: 1, reason: 'Terminating' }));
    assert.equal(await last(), 'not met: 2 of 2 new pods ready · b Terminating is old');
    pods.has(renewed('c'), renewed('d'), podOf('stranger', { owners: [] }));
    assert.equal(await last(), 'met: 2 of 2 new pods ready');
    await end();
    assert.equal(cluster.leases, 0);
  });

  it('says why its pods cannot be seen now, and believes no old sight of them', async () => {
    const { pods, replicasets, last } = aRollout();
    const cut = new JarvisError({ code: 'kube.unreachable', message: 'the server is away' });
    pods.has(renewed('c'), renewed('d'));
    assert.match(await last(), /^met/);
    pods.becomes(failed(pods.objects, cut, 0));
    assert.equal(await last(), 'not met: the server is away');
    pods.has(renewed('c'), renewed('d'));
    replicasets.becomes({ state: 'failed', error: new JarvisError({ code: 'kube.forbidden', message: 'no right' }) });
    assert.equal(await last(), 'not met: no right');
  });

  it('believes nothing before the controller has seen the template', async () => {
    const { pods, deployments, last } = aRollout();
    pods.has(renewed('c'), renewed('d'));
    deployments.has(aDeployment({ wanted: 2, available: 2, generation: 2 }));
    assert.match(await last(), /^not met/);
    deployments.has(aDeployment({ wanted: 2, available: 1 }));
    assert.match(await last(), /^not met/, 'ready, but not for minReadySeconds yet');
  });

  it('bears as many old pods as a partition keeps', async () => {
    const { pods, last } = aRollout({ kind: 'rolledOut', restartedAt: now, keeps: 1 });
    pods.has(renewed('c'), podOf('a', { conditions: ready }));
    assert.match(await last(), /^met: 1 of 1/);
  });

  it('says what a pod is still older than, and what cannot be seen', async () => {
    const use = { kind: 'Secret', name: 'licence' } as const;
    const { pods, secrets, configmaps, last } = aRollout({
      kind: 'evidenceGone',
      sources: [{ ...use, changedAt: 0 }],
      containers: [],
    });
    const written = aConfiguration({ name: 'licence' });
    const reads = { uses: [use, { kind: 'ConfigMap', name: 'other' } as const], containers: [aContainer()] };
    pods.has(podOf('a', { ...reads, startedAt: written.changedAt - 1 }));
    secrets.has(written);
    assert.equal(await last(), 'not met: its pods are not known yet');
    configmaps.has();
    assert.match(
      await last(),
      /^not met: 1 of 1 pods are older than the Secret licence .* written [-\d]+ [:\d]+ UTC\.$/,
    );
    secrets.becomes({ state: 'failed', error: new JarvisError({ code: 'kube.forbidden', message: 'no right' }) });
    assert.match(await last(), /^not met: .*unknown: no right/);
    secrets.has(written);
    pods.has(podOf('b', { ...reads, startedAt: written.changedAt + 1 }));
    assert.equal(await last(), 'met: none is');
  });
});
