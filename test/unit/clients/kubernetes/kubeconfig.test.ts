import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KubernetesClient, createClusters } from '../../../../src/clients/kubernetes/clusters.ts';
import { systemClock } from '../../../../src/core/clock.ts';
import { JarvisError } from '../../../../src/core/errors.ts';
import { errorOf, valueOf } from '../../../../src/core/loadable.ts';
import { silentLogger } from '../../../../src/core/log.ts';
import { eventually } from '../../../support/eventually.ts';
import { kubeconfigFor } from '../../../support/kubernetes/client.ts';

describe('kubeconfigs', function () {
  this.timeout(20_000);
  let folder: string;
  let paths: string[];
  let client: KubernetesClient;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jarvis-kubeconfig-'));
    paths = ['one', 'two'].map((name) => join(folder, name));
    const options = { kubeconfigPaths: () => paths, env: {}, clock: systemClock, log: silentLogger };
    client = createClusters(options);
  });
  afterEach(async () => {
    client.dispose();
    await rm(folder, { recursive: true });
  });

  const write = (index: number, content: unknown) =>
    writeFile(paths[index] ?? '', typeof content === 'string' ? content : JSON.stringify(content));
  const contexts = () => (valueOf(client.contexts) ?? []).map(({ context, server }) => `${context} ${server}`);
  const inState = (state: string) =>
    eventually(
      () => client.contexts,
      (loadable) => loadable.state === state,
    );

  it('are merged; of current-context and of equal names the first file wins', async () => {
    await write(0, kubeconfigFor('https://one:6443/', {}, 'prod'));
    const second = kubeconfigFor('https://two:6443', {}, 'prod') as { contexts: unknown[]; clusters: unknown[] };
    second.contexts.push({ name: 'dev', context: { cluster: 'dev', user: 'nobody' } });
    second.clusters.push({ name: 'dev', cluster: { server: 'https://dev:6443' } });
    await write(1, { ...second, 'current-context': 'dev' });
    await inState('ready');
    assert.deepEqual(contexts(), ['prod https://one:6443', 'dev https://dev:6443']);
    assert.equal(client.currentContext, 'prod');
  });

  it('take current-context from the first file that has one', async () => {
    await write(0, { apiVersion: 'v1', kind: 'Config' });
    await write(1, kubeconfigFor('https://two:6443', {}, 'dev'));
    await inState('ready');
    assert.equal(client.currentContext, 'dev');
  });

  it('may be written with anchors and merge keys', async () => {
    await write(
      0,
      'base: &base {server: "https://one:6443"}\nclusters: [{name: c, cluster: {<<: *base}}]\ncontexts: [{name: dev, context: {cluster: c}}]',
    );
    await inState('ready');
    assert.deepEqual(contexts(), ['dev https://one:6443']);
  });

  it('may be missing as long as one is there', async () => {
    await write(1, kubeconfigFor('https://two:6443', {}, 'dev'));
    await inState('ready');
    assert.deepEqual(contexts(), ['dev https://two:6443']);
  });

  it('that are all missing are told with the setting as the way out, and found when they appear', async () => {
    await inState('failed');
    const error = errorOf(client.contexts);
    assert.equal(error?.code, 'kube.kubeconfigMissing');
    assert.equal(error.message, `There is no kubeconfig at ${paths.join(', ')}.`);
    assert.deepEqual(error.remedies, [{ kind: 'openSetting', setting: 'jarvis.kubernetes.kubeconfig' }]);
    await write(0, kubeconfigFor('https://one:6443', {}, 'prod'));
    await inState('ready');
    assert.deepEqual(contexts(), ['prod https://one:6443']);
  });

  it('that are broken do not hide the others, and say where to repair them', async () => {
    await write(0, 'clusters: [\n  {');
    await write(1, kubeconfigFor('https://two:6443', {}, 'dev'));
    await inState('stale');
    assert.deepEqual(contexts(), ['dev https://two:6443']);
    const error = errorOf(client.contexts);
    assert.equal(error?.code, 'kube.kubeconfigBroken');
    assert.deepEqual(error.remedies[0], { kind: 'openFile', path: paths[0] });
    await write(0, kubeconfigFor('https://one:6443', {}, 'prod'));
    await inState('ready');
    assert.deepEqual(contexts(), ['prod https://one:6443', 'dev https://two:6443']);
  });

  for (const [what, count] of [
    ['alone', 1],
    ['beside another', 2],
  ] as const)
    it(`that break while in use, ${what}, count as they were, and are told to be broken until they are repaired`, async () => {
      paths = paths.slice(0, count);
      await write(0, kubeconfigFor('https://one:6443', {}, 'prod'));
      if (count > 1) await write(1, kubeconfigFor('https://two:6443', {}, 'dev'));
      await inState('ready');
      const before = contexts();
      assert.equal(before.length, count);
      await write(0, 'just a line');
      await inState('stale');
      assert.deepEqual(contexts(), before);
      assert.equal(errorOf(client.contexts)?.code, 'kube.kubeconfigBroken');
      await write(0, kubeconfigFor('https://repaired:6443', {}, 'prod'));
      await inState('ready');
      assert.equal(contexts()[0], 'prod https://repaired:6443');
    });

  it('may hold half an entry without losing the whole ones', async () => {
    const config = kubeconfigFor('https://one:6443', {}, 'prod') as Record<string, unknown[]>;
    config['contexts']?.push({ name: 'lost', context: { cluster: 'nowhere' } }, { name: 'empty' }, null, 'text');
    await write(0, config);
    await inState('ready');
    assert.deepEqual(contexts(), ['prod https://one:6443']);
  });

  it('refuse a context that is gone or names another server now', async () => {
    await write(0, kubeconfigFor('https://one:6443', {}, 'prod'));
    await inState('ready');
    const ref = { context: 'prod', server: 'https://another:6443', cluster: 'prod-cluster' };
    assert.throws(
      () => client.cluster(ref),
      (error) => error instanceof JarvisError && error.code === 'kube.contextMissing',
    );
  });

  it('are not read before somebody asks', async () => {
    await write(0, 'clusters: [');
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(client.contexts.state, 'loading');
  });
});
