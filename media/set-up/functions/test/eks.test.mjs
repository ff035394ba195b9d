import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { signIn } from '../shared/eks.mjs';

Object.assign(process.env, {
  CLUSTER: 'prod',
  AWS_REGION: 'ap-northeast-2',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
});
const endpoint = 'https://ABC.gr7.ap-northeast-2.eks.amazonaws.com';
const target = { cluster: 'arn:aws:eks:ap-northeast-2:123456789012:cluster/prod', server: endpoint };

/** EKS answers so; nobody is asked in fact. */
function answers(status, body) {
  return mock.method(globalThis, 'fetch', async () => new Response(JSON.stringify(body), { status })).mock;
}
const described = (over = {}) => ({
  cluster: { endpoint, status: 'ACTIVE', certificateAuthority: { data: 'Q0E=' }, ...over },
});

describe('signIn', () => {
  afterEach(() => mock.restoreAll());

  it('goes where EKS says that the cluster is', async () => {
    const asked = answers(200, described());
    const { server, authority, token } = await signIn(target);
    assert.deepEqual([server, authority], [endpoint, 'CA']);
    assert.equal(String(asked.calls[0].arguments[0]), 'https://eks.ap-northeast-2.amazonaws.com/clusters/prod');
    const url = new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
    assert.equal(url.origin, 'https://sts.ap-northeast-2.amazonaws.com');
    assert.equal(url.searchParams.get('X-Amz-SignedHeaders'), 'host;x-k8s-aws-id');
  });

  it('knows the cluster by each name that a kubeconfig gives it', async () => {
    answers(200, described());
    for (const cluster of ['prod', 'prod.ap-northeast-2.eksctl.io', target.cluster])
      assert.equal((await signIn({ ...target, cluster })).server, endpoint);
  });

  it('refuses another cluster without asking anybody', async () => {
    const asked = answers(200, described());
    await assert.rejects(signIn({ ...target, cluster: 'test' }), /for the cluster prod, not for test/);
    assert.equal(asked.callCount(), 0);
  });

  it('refuses another server than that of the plan', async () => {
    answers(200, described({ endpoint: 'https://DEF.gr7.ap-northeast-2.eks.amazonaws.com' }));
    await assert.rejects(signIn(target), /the plan is for https:\/\/ABC/);
  });

  it('says why EKS does not tell', async () => {
    answers(404, { message: 'No cluster found for name: prod.' });
    await assert.rejects(signIn(target), { name: 'Error', message: /No cluster found/ });
    answers(200, described({ endpoint: undefined, status: 'CREATING' }));
    await assert.rejects(signIn(target), /prod is CREATING/);
    answers(503, {});
    await assert.rejects(signIn(target), /EKS answered 503/);
  });
});
