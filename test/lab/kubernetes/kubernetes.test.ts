import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { mapLimited } from '../../../src/core/async.ts';
import { type KubernetesClient, createClusters } from '../../../src/clients/kubernetes/clusters.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { errorOf, valueOf } from '../../../src/core/loadable.ts';
import { silentLogger } from '../../../src/core/log.ts';
import { type Difference, compareReleases, compareWithLive } from '../../../src/domain/helm/compare.ts';
import { liveObjects } from '../../../src/domain/helm/live-objects.ts';
import { once } from '../../../src/domain/kubernetes/once.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import { eventually } from '../../support/eventually.ts';
import { namesIn, namesWhen } from '../../support/kubernetes/client.ts';
import { kindsContract } from '../../support/kubernetes/kinds-contract.ts';
import { oneOfEach } from '../../support/kubernetes/one-of-each.ts';
import { type Lab, startLab } from '../lab.ts';

describe('reading a real cluster', function () {
  this.timeout('20m');
  let lab: Lab;
  let client: KubernetesClient;
  let ref: ClusterRef;

  const options = (path: string) => ({
    kubeconfigPaths: () => [path],
    env: process.env,
    clock: systemClock,
    log: silentLogger,
  });

  before(async () => {
    lab = await startLab({ parts: ['workloads'] });
    client = createClusters(options(lab.description.kubeconfig));
    const contexts = await eventually(
      () => valueOf(client.contexts),
      (value) => value !== undefined,
    );
    assert(contexts?.[0]);
    ref = contexts[0];
    for (const manifest of oneOfEach) await lab.cluster.client.create(manifest);
  });
  after(async () => {
    client.dispose();
    await lab.close();
  });
  afterEach(() => lab.faults.clear());

  it('shows the story: deployments, the HPA with its metric, nodes and pods', async () => {
    const cluster = client.cluster(ref);
    await namesWhen(cluster.watch('deployments', 'sock-shop').store, (names) => names.length === 14);
    const hpas = cluster.watch('horizontalpodautoscalers', 'sock-shop').store;
    const hpa = await eventually(
      () => [...(valueOf(hpas.objects)?.values() ?? [])][0],
      (object) => object?.metrics[0]?.current !== undefined,
      90_000,
    );
    assert(hpa);
    assert.deepEqual(
      [hpa.name, hpa.target, hpa.minReplicas, hpa.maxReplicas],
      ['front-end', { kind: 'Deployment', name: 'front-end' }, 2, 4],
    );
    assert.deepEqual(
      [hpa.metrics[0]?.type, hpa.metrics[0]?.targetKind, hpa.metrics[0]?.target],
      ['Resource', 'Utilization', 50],
    );
    const nodes = cluster.watch('nodes').store;
    await namesWhen(nodes, (names) => names.length === 3);
    for (const node of valueOf(nodes.objects)?.values() ?? []) {
      assert(node.allocatable.cpu > 0 && node.allocatable.memory > 2 ** 20 && node.allocatable.pods > 0);
      assert(node.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'));
    }
  });

  kindsContract(() => ({ lab, client, ref, options: options(lab.description.kubeconfig) }));

  it('reads the releases of real Helm 3 and Helm 4', async () => {
    const cluster = client.cluster(ref);
    const { signal } = new AbortController();
    const records = await once(cluster, 'releaserecords', undefined, signal);
    const releases = await mapLimited(records, 8, async (record) => {
      const { namespace, release, revision } = record;
      return { ...record, ...(await cluster.releases.head(namespace, release, revision, signal)) };
    });
    assert.deepEqual(
      releases.filter(({ payloadError }) => payloadError),
      [],
    );
    const shop = releases.filter(({ release }) => release === 'sock-shop');
    assert.deepEqual(shop.map(({ revision, status }) => `${revision} ${status}`).sort(), [
      '1 superseded',
      '2 superseded',
      '3 deployed',
    ]);
    for (const { chart, updatedAt, description } of shop) {
      assert.deepEqual(chart, { name: 'sock-shop', version: '1.4.0', appVersion: '0.3.12' });
      assert(updatedAt !== undefined && Math.abs(updatedAt - Date.now()) < 3_600_000);
      assert(description);
    }
    for (const status of ['failed', 'pending-upgrade'])
      assert(
        releases.some((release) => release.status === status),
        status,
      );
  });

  it('reads whole releases of real Helm 3 and Helm 4, and the kinds of their objects', async () => {
    const { signal } = new AbortController();
    const cluster = client.cluster(ref);
    const history = await cluster.releases.history('sock-shop', 'sock-shop', signal);
    assert.deepEqual(
      history.map(({ revision, status, writtenBy }) => `${revision} ${status} ${writtenBy}`),
      ['3 deployed Helm', '2 superseded Helm', '1 superseded Helm'],
    );
    const first = await cluster.releases.read('sock-shop', 'sock-shop', 1, signal);
    assert.deepEqual(first.values, {
      frontEnd: { autoscaling: { maxReplicas: 3 } },
      services: { 'front-end': { tag: '0.3.11' } },
    });
    assert.match(first.manifest, /kind: HorizontalPodAutoscaler/);
    const settlement = await cluster.releases.read('payments', 'ledger-settlement', 2, signal);
    assert.equal(settlement.status, 'pending-upgrade');
    assert.deepEqual(
      settlement.hooks.map(({ kind, events }) => [kind, ...events]),
      [['Job', 'pre-upgrade']],
    );
    const hpas = await cluster.serves({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' }, signal);
    assert.deepEqual([hpas.resource, hpas.isNamespaced], ['horizontalpodautoscalers', true]);
  });

  it('compares real revisions, and one with what is live', async () => {
    const { signal } = new AbortController();
    const cluster = client.cluster(ref);
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map((revision) => cluster.releases.read('sock-shop', 'sock-shop', revision, signal)),
    );
    assert(first && second && third);
    const names = (all: readonly Difference[]) => all.map(({ name }) => name);
    assert.deepEqual(names(await compareReleases(second, third)).sort(), ['Deployment catalogue.yaml', 'Values.yaml']);
    assert.deepEqual(names(await compareReleases(first, second)).sort(), [
      'Deployment front-end.yaml',
      'HorizontalPodAutoscaler front-end.yaml',
      'Values.yaml',
    ]);
    const live = await compareWithLive(third, liveObjects(cluster, 'sock-shop', signal));
    const rotated = live.find(({ name }) => name === 'Secret database-credentials.yaml');
    assert.match(JSON.stringify(rotated?.after), /masked, \d+ bytes/);
    assert.doesNotMatch(JSON.stringify(live), /password(?!":"masked)/);
    assert.deepEqual(names(live), ['Secret database-credentials.yaml']);
  });

  it('shows a change on the server within a second', async () => {
    const { store } = client.cluster(ref).watch('namespaces');
    await namesWhen(store, (names) => names.includes('sock-shop'));
    await lab.kubectl('create', 'namespace', 'quick');
    await namesWhen(store, (names) => names.includes('quick'), 1000);
    await lab.kubectl('delete', 'namespace', 'quick', '--wait=false');
  });

  it('measures pods and nodes', async () => {
    const cluster = client.cluster(ref);
    const pods = cluster.usage('pods', 'sock-shop').store;
    const nodes = cluster.usage('nodes').store;
    const usage = await eventually(
      () => [...(valueOf(pods.usage)?.entries() ?? [])],
      (all) => all.some(([key]) => key.startsWith('sock-shop/front-end')),
      60_000,
    );
    for (const [key, { name, namespace, at }] of usage) {
      assert.equal(key, `${namespace}/${name}`);
      assert(Math.abs(at - Date.now()) < 300_000);
    }
    await eventually(
      () => valueOf(nodes.usage)?.size,
      (size) => size === 3,
      60_000,
    );
  });

  it('equals a fresh list after the API server was killed and restarted under changes', async () => {
    const { store } = client.cluster(ref).watch('namespaces');
    await namesWhen(store, (_, state) => state === 'ready');
    for (let round = 0; round < 3; round++) {
      await lab.faults.apiserver.kill();
      await namesWhen(store, (names, state) => names.length > 0 && state === 'stale', 35_000);
      await lab.faults.apiserver.start();
      await lab.kubectl('create', 'namespace', `round-${round}`);
      if (round > 0) await lab.kubectl('delete', 'namespace', `round-${round - 1}`, '--wait=false');
    }
    await namesWhen(store, (names, state) => names.includes('round-2') && state === 'ready', 60_000);
    await namesWhen(store, (names) => !names.includes('round-0') && !names.includes('round-1'), 60_000);
    const listed = await lab.kubectl('get', 'namespaces', '-o', 'name');
    assert.deepEqual(
      namesIn(store),
      listed
        .trim()
        .split('\n')
        .map((line) => line.replace('namespace/', ''))
        .sort(),
    );
  });

  it('tells a reader what may not be read, and shows the rest', async () => {
    const viewer = createClusters(options(lab.description.viewerKubeconfig));
    try {
      const cluster = viewer.cluster(ref);
      const secrets = cluster.watch('releaserecords').store;
      await namesWhen(secrets, (_, state) => state === 'failed');
      assert.equal(errorOf(secrets.objects)?.code, 'kube.forbidden');
      await namesWhen(cluster.watch('pods', 'sock-shop').store, (names) => names.length > 0);
      const answer = await cluster.may({
        verb: 'patch',
        group: 'autoscaling',
        resource: 'horizontalpodautoscalers',
        namespace: 'sock-shop',
        name: 'front-end',
      });
      assert.equal(answer.allowed, false);
    } finally {
      viewer.dispose();
    }
  });

  it('never writes the kubeconfig', async () => {
    const before = await readFile(lab.description.kubeconfig, 'utf8');
    await client.refresh();
    assert.equal(await readFile(lab.description.kubeconfig, 'utf8'), before);
  });
});
