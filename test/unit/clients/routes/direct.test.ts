import assert from 'node:assert/strict';
import { DirectRoute } from '../../../../src/clients/routes/direct.ts';
import { CancelledError } from '../../../../src/core/errors.ts';
import { directContract } from '../../../support/kubernetes/direct-contract.ts';
import { type Harness, harness } from '../../../support/kubernetes/harness.ts';
import { aHelm } from '../../../support/helm.ts';

describe('the direct route, against a fake API server', function () {
  this.timeout(20_000);
  let at: Harness;
  const put = (maxReplicas: number) => {
    at.server.put('horizontalpodautoscalers', {
      metadata: { name: 'front-end', namespace: 'sock-shop', uid: 'hpa-uid' },
      spec: { minReplicas: 2, maxReplicas },
    });
    return Promise.resolve();
  };

  beforeEach(async () => {
    at = await harness();
  });
  afterEach(() => at.dispose());

  directContract(() => ({
    client: at.client,
    ref: at.ref,
    setMaxReplicas: put,
    deleteHpa() {
      at.server.delete('horizontalpodautoscalers', 'hpa-uid');
      return Promise.resolve();
    },
  }));

  it('names itself as the field manager', async () => {
    const pointer = {
      cluster: at.ref,
      kind: 'HorizontalPodAutoscaler' as const,
      namespace: 'sock-shop',
      name: 'front-end',
    };
    await at.client.patch({ ...pointer, uid: '', resourceVersion: '' }, [], new AbortController().signal);
    assert.equal(at.server.requests.at(-1)?.url.searchParams.get('fieldManager'), 'jarvis');
  });

  it('says beforehand what this user may not do, in the words of the server', async () => {
    at.server.review = { allowed: false, reason: 'RBAC says no.' };
    const route = new DirectRoute({ client: at.client, helm: aHelm() });
    const target = {
      cluster: at.ref,
      kind: 'HorizontalPodAutoscaler' as const,
      namespace: 'sock-shop',
      name: 'front-end',
      uid: 'u',
      resourceVersion: '1',
    };
    const { signal } = new AbortController();
    const request = await route.prepare({
      planId: 'jv-1',
      remediation: 'scaleHpa',
      target,
      values: {},
      plannedFor: '',
      operation: { kind: 'patch', patch: [] },
    });
    assert.deepEqual(await route.check(request, signal), [
      {
        code: 'kube.forbidden',
        message: 'You may not change HorizontalPodAutoscaler front-end in sock-shop. RBAC says no.',
        severity: 'blocks',
      },
    ]);
  });

  it('says of what an earlier window has sent only what is so', async () => {
    const said = async (kind: string) => {
      const route = new DirectRoute({ client: at.client, helm: aHelm() });
      const handle = { route: 'direct', payload: { planId: 'jv-1', kind } } as const;
      return (await route.follow(handle, () => undefined, new AbortController().signal)).summary;
    };
    assert.equal(await said('patch'), 'The API server has accepted the change.');
    assert.match(await said('helmRollback'), /^Helm was started by a window that was closed since/);
  });

  it('starts no Helm in a window that is being closed', async () => {
    const route = new DirectRoute({ client: at.client, helm: aHelm() });
    const request = await route.prepare({
      planId: 'jv-1',
      remediation: 'rollback',
      target: { cluster: at.ref, kind: 'Release', namespace: 'shop', name: 'shop', uid: '1', resourceVersion: '1' },
      values: {},
      plannedFor: '',
      operation: { kind: 'helmRollback', from: 2, to: 1 },
    });
    await assert.rejects(route.send(request, AbortSignal.abort()), CancelledError);
  });

  it('asks what this user may do once a minute', async () => {
    const access = { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'sock-shop' };
    await at.cluster.may(access);
    await at.cluster.may(access);
    await at.cluster.may({ ...access, verb: 'delete' });
    assert.equal(at.server.requests.filter(({ method }) => method === 'POST').length, 2);
  });
});
