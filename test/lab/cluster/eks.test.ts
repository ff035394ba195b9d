import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { loadServiceModel, validateShape } from '../../support/botocore.ts';
import { root } from '../../support/process.ts';
import { region } from '../aws/ministack.ts';
import { type Eks, startEks } from './eks.ts';
import { clusterName } from './kubeconfig.ts';
import type { Credentials } from './signatures.ts';

const server = 'https://127.0.0.1:6443';
const target = { cluster: clusterName, server };
const Reviewed = v.object({
  status: v.object({
    authenticated: v.boolean(),
    user: v.optional(v.object({ username: v.string(), groups: v.array(v.string()) })),
  }),
});

/** The sign-in that a team's functions get, before what checks it by AWS's own SDK. */
describe('EKS of the lab', () => {
  let eks: Eks;
  let signIn: (of: typeof target) => Promise<{ server: string; authority: string; token: string }>;
  let tokenFor: (cluster: string, at?: Date) => string;
  const environment = { ...process.env };

  before(async function () {
    this.timeout('5m'); // the first run of a machine fetches botocore
    eks = await startEks();
    eks.describe(server, 'PEM');
    const path = pathToFileURL(join(root, 'media/set-up/functions/shared/eks.mjs')).href;
    ({ signIn, tokenFor } = (await import(path)) as { signIn: typeof signIn; tokenFor: typeof tokenFor });
  });
  after(async () => {
    process.env = environment;
    await eks.close();
  });

  const act = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials) =>
    Object.assign(process.env, {
      CLUSTER: clusterName,
      AWS_REGION: region,
      AWS_ENDPOINT_URL_EKS: eks.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    });
  const review = async (token: string) => {
    const body = JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } });
    const answer = await fetch(eks.reviews, { method: 'POST', body });
    return v.parse(Reviewed, await answer.json()).status;
  };

  it('describes the cluster as AWS does, to a role that it knows', async () => {
    act(eks.enter('jarvis-scale-function', 'jarvis-scale'));
    const seen: unknown[] = [];
    const { fetch: real } = globalThis;
    globalThis.fetch = async (...asked) => {
      const answer = await real(...asked);
      seen.push(await answer.clone().json());
      return answer;
    };
    const found = await signIn(target).finally(() => (globalThis.fetch = real));
    assert.deepEqual([found.server, found.authority], [server, 'PEM']);
    const model = await loadServiceModel('eks', '2017-11-01');
    assert.deepEqual(validateShape(model, 'DescribeClusterResponse', seen[0]), []);
  });

  it('lets in whom AWS would have signed the token for, as the group of the access entry', async () => {
    act(eks.enter('jarvis-restart-function', 'jarvis-restart'));
    const { authenticated, user } = await review(tokenFor(clusterName));
    assert.deepEqual([authenticated, user?.groups], [true, ['jarvis-restart']]);
    assert.match(user?.username ?? '', /assumed-role\/jarvis-restart-function\//);
  });

  it('lets nobody in with a token that is old, for another cluster, signed otherwise, or none', async () => {
    const known = eks.enter('jarvis-scale-function', 'jarvis-scale');
    act(known);
    const good = tokenFor(clusterName);
    const tokens = [
      tokenFor('test'),
      tokenFor(clusterName, new Date(Date.now() - 16 * 60_000)),
      good.slice(0, -4),
      'x',
      '',
    ];
    act({ ...known, secretAccessKey: 'another' });
    for (const token of [...tokens, tokenFor(clusterName)])
      assert.deepEqual(await review(token), { authenticated: false }, token);
    await assert.rejects(signIn(target), /EKS does not tell where the cluster is: The security token/);
  });
});
