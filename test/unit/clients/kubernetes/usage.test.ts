import assert from 'node:assert/strict';
import { errorOf, valueOf } from '../../../../src/core/loadable.ts';
import { statusAnswer } from '../../../support/fake-apiserver.ts';
import { fastClock } from '../../../support/fast-clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { type Harness, harness } from '../../../support/kubernetes/harness.ts';

describe('usage', function () {
  this.timeout(20_000);
  let at: Harness;
  beforeEach(async () => {
    at = await harness({ clock: fastClock(50) });
  });
  afterEach(() => at.dispose());

  const metrics = (cpu: string) => ({
    status: 200,
    body: {
      items: [
        {
          metadata: { name: 'front-end-1', namespace: 'sock-shop' },
          timestamp: '2026-11-21T09:00:00Z',
          window: '1m15s500000us',
          containers: [{ usage: { cpu, memory: '100Mi' } }, { usage: { cpu: '250m', memory: '28Mi' } }],
        },
      ],
    },
  });

  it('is the sum over the containers, in millicores and bytes, and goes on being read', async () => {
    at.server.intercept = () => metrics('1500000n');
    const { store } = at.cluster.usage('pods', 'sock-shop');
    const first = await eventually(
      () => valueOf(store.usage),
      (usage) => usage !== undefined,
    );
    assert.deepEqual(
      [...(first ?? [])],
      [
        [
          'sock-shop/front-end-1',
          {
            namespace: 'sock-shop',
            name: 'front-end-1',
            cpu: 252,
            memory: 128 * 2 ** 20,
            at: Date.parse('2026-11-21T09:00:00Z'),
            windowSeconds: 75.5,
          },
        ],
      ],
    );
    assert.equal(at.server.requests[0]?.url.pathname, '/apis/metrics.k8s.io/v1beta1/namespaces/sock-shop/pods');
    at.server.intercept = () => metrics('1');
    await eventually(
      () => valueOf(store.usage)?.get('sock-shop/front-end-1')?.cpu,
      (cpu) => cpu === 1250,
    );
  });

  for (const status of [404, 503])
    it(`says that there is no metrics API on ${status}`, async () => {
      at.server.intercept = () => statusAnswer(status, 'the server could not find the requested resource');
      const { store } = at.cluster.usage('nodes');
      await eventually(
        () => store.usage.state,
        (state) => state === 'failed',
      );
      assert.equal(errorOf(store.usage)?.code, 'kube.metricsMissing');
      assert.equal(
        errorOf(store.usage)?.message,
        'lab has no metrics API: install metrics-server to see CPU and memory.',
      );
    });
});
