import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { isCancelled } from '../../../../src/core/errors.ts';
import { kubeconfigFor } from '../../../support/kubernetes/client.ts';
import { type Harness, harness } from '../../../support/kubernetes/harness.ts';

const scale = { verb: 'patch', group: 'autoscaling', resource: 'horizontalpodautoscalers', namespace: 'shop' };

describe('what a user may do', function () {
  this.timeout(20_000);
  let at: Harness;

  beforeEach(async () => {
    at = await harness();
  });
  afterEach(() => at.dispose());

  const may = async () => (await at.cluster.may(scale)).allowed;
  const asked = () => at.server.requests.filter(({ method }) => method === 'POST').length;

  it('is asked once, however many want to know', async () => {
    assert.deepEqual(await Promise.all([may(), may()]), [true, true]);
    assert.equal(await may(), true);
    assert.equal(asked(), 1);
  });

  it('is another question for a part of the resource, which the server is told', async () => {
    const pods = { verb: 'get', group: '', resource: 'pods', namespace: 'shop' };
    await at.cluster.may(pods);
    await at.cluster.may({ ...pods, subresource: 'portforward' });
    const attributes = at.server.requests.map(
      ({ body }) => (JSON.parse(body) as { spec: { resourceAttributes: unknown } }).spec.resourceAttributes,
    );
    assert.deepEqual(attributes, [pods, { ...pods, subresource: 'portforward' }]);
  });

  it('is asked anew when the kubeconfig has changed: it may be another user', async () => {
    assert.equal(await may(), true);
    at.server.review = { allowed: false, reason: 'read only' };
    await writeFile(at.path, JSON.stringify(kubeconfigFor(at.server.url, { token: 'viewer' })));
    await at.client.refresh();
    assert.deepEqual(await at.cluster.may(scale), { allowed: false, reason: 'read only' });
    assert.deepEqual(
      at.server.requests.map(({ authorization }) => authorization),
      ['Bearer secret', 'Bearer viewer'],
    );
  });

  it('is told to those who go on waiting when another one gives up', async () => {
    const leave = new AbortController();
    at.server.intercept = () => {
      leave.abort();
      return undefined;
    };
    const given = at.cluster.may(scale, leave.signal).catch((error: unknown) => error);
    const waiting = may();
    assert(isCancelled(await given));
    assert.equal(await waiting, true);
  });
});
