import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { failed, loading } from '../../../../src/core/loadable.ts';
import { compareWithLive } from '../../../../src/domain/helm/compare.ts';
import { scaledIn, withoutScaling } from '../../../../src/domain/helm/scaled.ts';
import type { JsonObject } from '../../../../src/domain/remediation/json.ts';
import { aWholeRelease } from '../../../support/builders/helm.ts';
import { anHpa, FakeCluster } from '../../../support/builders/kubernetes.ts';
import { prod } from '../../../support/clusters-view.ts';

const { signal } = new AbortController();

describe('the replicas of what an HPA scales', () => {
  const manifest = (replicas: string, namespace = '') =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: "${namespace}" }\nspec: { ${replicas}paused: true }\n`;
  const world = () => {
    const cluster = new FakeCluster(prod);
    cluster.stores.horizontalpodautoscalers.has(anHpa({ target: { kind: 'Deployment', name: 'web' } }));
    return cluster;
  };
  const live = (replicas: number, paused = true): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas, paused },
  });

  /** What differs, and what an HPA answers for. */
  async function compared(text: string, now: JsonObject, cluster = world()) {
    const told: string[] = [];
    const here = { namespace: 'shop', scaled: await scaledIn(cluster, 'shop', signal) };
    const found = withoutScaling(
      () => Promise.resolve(now),
      here,
      (name) => told.push(name),
    );
    const different = await compareWithLive(aWholeRelease({ namespace: 'shop', manifest: text }), found);
    return { different: different.length, told };
  }

  it('are the HPA’s, and said to be, whatever the chart names', async () => {
    assert.deepEqual(await compared(manifest('replicas: 2, '), live(5)), { different: 0, told: ['Deployment web'] });
  });

  it('hide nothing else, and are not spoken of where they are as the chart names them, or it names none', async () => {
    assert.equal((await compared(manifest('replicas: 2, '), live(5, false))).different, 1);
    assert.deepEqual(await compared(manifest('replicas: 2, '), live(2)), { different: 0, told: [] });
    assert.deepEqual(await compared(manifest(''), live(5)), { different: 0, told: [] });
  });

  it('are nobody else’s in another namespace, or where HPAs may not be seen', async () => {
    assert.equal((await compared(manifest('replicas: 2, ', 'other'), live(5))).different, 1);
    const cluster = world();
    const forbidden = new JarvisError({ code: 'kube.forbidden', message: 'no' });
    cluster.stores.horizontalpodautoscalers.becomes(failed(loading, forbidden, 0));
    assert.equal((await compared(manifest('replicas: 2, '), live(5), cluster)).different, 1);
  });
});
