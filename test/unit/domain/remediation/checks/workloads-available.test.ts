import assert from 'node:assert/strict';
import { JarvisError } from '../../../../../src/core/errors.ts';
import { failed } from '../../../../../src/core/loadable.ts';
import { aDeployment } from '../../../../support/builders/kubernetes.ts';
import { aTarget } from '../../../../support/builders/remediation.ts';
import { aWorld } from '../../../../support/observer-world.ts';

const release = aTarget({ kind: 'Release', name: 'web', uid: '1' });
const workloads = [
  { kind: 'Deployment', namespace: 'sock-shop', name: 'front-end' },
  { kind: 'StatefulSet', namespace: 'sock-shop', name: 'orders' },
] as const;

describe('the observer of a release’s workloads', () => {
  it('names each that is not as it should be, and why, until all are available', async () => {
    const { deployments, cluster, last, end } = aWorld({ kind: 'workloadsAvailable', workloads }, release);
    const { statefulsets } = cluster.stores;
    assert.equal(await last(), 'not met: 0 of 2: front-end is not known yet, orders is not known yet');
    const done = { wanted: 2, updated: 2, available: 2 };
    deployments.has(aDeployment({ ...done, available: 1 }));
    statefulsets.has();
    assert.equal(await last(), 'not met: 0 of 2: front-end: 1 of 2 available, orders is not there');
    deployments.has(aDeployment({ ...done, generation: 3, observedGeneration: 2 }));
    statefulsets.has(aDeployment({ ...done, name: 'orders' }));
    assert.match(await last(), /^not met: 1 of 2/, 'the controller has not seen the template');
    deployments.has(aDeployment(done));
    assert.equal(await last(), 'met: 2 of 2');
    statefulsets.becomes(failed(statefulsets.objects, new JarvisError({ code: 'kube.away', message: 'cut' }), 0));
    assert.equal(await last(), 'not met: 1 of 2: orders: cut');
    await end();
    assert.equal(cluster.leases, 0);
  });
});
