import assert from 'node:assert/strict';
import { type KubernetesClient, createClusters } from '../../../src/clients/kubernetes/clusters.ts';
import { DirectRoute } from '../../../src/clients/routes/direct.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { JarvisError } from '../../../src/core/errors.ts';
import { valueOf } from '../../../src/core/loadable.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import { eventually } from '../../support/eventually.ts';
import { directContract } from '../../support/kubernetes/direct-contract.ts';
import { type Lab, startLab } from '../lab.ts';
import { aHelm } from '../../support/helm.ts';

describe('the direct route, against a real API server', function () {
  this.timeout('20m');
  let lab: Lab;
  let client: KubernetesClient;
  let viewer: KubernetesClient;
  let ref: ClusterRef;

  const clientFor = (path: string) =>
    createClusters({ kubeconfigPaths: () => [path], env: process.env, clock: systemClock, log: silentLogger });

  before(async () => {
    lab = await startLab({ parts: [] });
    client = clientFor(lab.description.kubeconfig);
    viewer = clientFor(lab.description.viewerKubeconfig);
    const contexts = await eventually(
      () => valueOf(client.contexts),
      (value) => value !== undefined,
    );
    assert(contexts?.[0]);
    ref = contexts[0];
    await lab.kubectl('create', 'namespace', 'sock-shop');
    await lab.kubectl('create', 'deployment', 'front-end', '--image', 'front-end:1', '-n', 'sock-shop');
    await lab.kubectl('autoscale', 'deployment', 'front-end', '--min', '2', '--max', '4', '-n', 'sock-shop');
  });
  after(async () => {
    viewer.dispose();
    client.dispose();
    await lab.close();
  });

  it('says beforehand that a reader may not write, and the server says so too', async () => {
    const route = new DirectRoute({ client: viewer, helm: aHelm() });
    const kind = 'HorizontalPodAutoscaler' as const;
    const target = { cluster: ref, kind, namespace: 'sock-shop', name: 'front-end', uid: 'u', resourceVersion: '1' };
    const patch = [{ op: 'replace' as const, path: '/spec/maxReplicas', value: 10 }];
    const { signal } = new AbortController();
    const request = await route.prepare({
      planId: 'jv-1',
      remediation: 'scaleHpa',
      target,
      values: {},
      plannedFor: '',
      operation: { kind: 'patch', patch },
    });
    const problems = await route.check(request, signal);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['kube.forbidden', 'blocks']],
    );
    await assert.rejects(
      route.send(request, signal),
      (error) => error instanceof JarvisError && error.code === 'kube.forbidden',
    );
  });

  it('says what is invalid in the words of the server', async () => {
    const kind = 'HorizontalPodAutoscaler' as const;
    const target = { cluster: ref, kind, namespace: 'sock-shop', name: 'front-end', uid: 'u', resourceVersion: '1' };
    const patch = [{ op: 'replace' as const, path: '/spec/maxReplicas', value: 1 }];
    await assert.rejects(
      client.dryRun(target, patch, new AbortController().signal),
      (error) => error instanceof JarvisError && error.code === 'kube.invalid' && error.message.includes('maxReplicas'),
    );
  });

  directContract(() => ({
    client,
    ref,
    async setMaxReplicas(value) {
      const change = JSON.stringify({ spec: { maxReplicas: value } });
      await lab.kubectl('patch', 'hpa', 'front-end', '-n', 'sock-shop', '--type', 'merge', '-p', change);
    },
    async deleteHpa() {
      await lab.kubectl('delete', 'hpa', 'front-end', '-n', 'sock-shop');
    },
  }));
});
