import assert from 'node:assert/strict';
import { createUsageMetricSource } from '../../../../src/clients/metrics/usage.ts';
import { JarvisError } from '../../../../src/core/errors.ts';
import type { Usage } from '../../../../src/domain/kubernetes/model.ts';
import type { ChartData, ChartSubject } from '../../../../src/domain/metrics/model.ts';
import {
  aContainer,
  aDeployment,
  anHpa,
  aNode,
  aPod,
  clustersOf,
  FakeCluster,
} from '../../../support/builders/kubernetes.ts';
import { prod } from '../../../support/builders/remediation.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const hpa: ChartSubject = {
  kind: 'hpa',
  cluster: prod,
  namespace: 'sock-shop',
  name: 'front-end',
  uid: 'uid-front-end',
};
const quarter = { last: 900 };
const container = aContainer({ requests: { cpu: 200 } });

describe('charts from metrics.k8s.io', () => {
  const { signal } = new AbortController();

  function world() {
    const clock = new FakeClock();
    const cluster = new FakeCluster(prod);
    const { stores, usages } = cluster;
    stores.horizontalpodautoscalers.has(anHpa());
    stores.deployments.has(aDeployment());
    const pods = (...names: string[]) =>
      stores.pods.has(...names.map((name) => aPod({ uid: name, name, containers: [container] })));
    const cpu = (values: Record<string, number>, namespace = 'sock-shop') =>
      usages.has(
        ...Object.entries(values).map(([name, value]): Usage => ({
          namespace,
          name,
          cpu: value,
          memory: 0,
          at: clock.now(),
          windowSeconds: 15,
        })),
      );
    pods('a', 'b');
    cpu({ a: 400, b: 300 });
    const source = createUsageMetricSource(clustersOf(cluster), clock);
    return { clock, cluster, stores, usages, pods, cpu, source };
  }
  const valuesOf = (data: ChartData, id: string) => data.series.find((series) => series.id === id)?.values;

  it('show an HPA: CPU of request, its target, replicas and their maximum', async () => {
    const { source, clock } = world();
    await clock.advance(1);
    const data = await source.query(hpa, quarter, signal);
    assert.deepEqual(valuesOf(data, 'mean'), [175]);
    assert.deepEqual(valuesOf(data, 'pod:a'), [200]);
    assert.deepEqual(valuesOf(data, 'target'), [50, 50]);
    assert.deepEqual(valuesOf(data, 'replicas')?.at(-1), 4);
    assert.deepEqual(valuesOf(data, 'maxReplicas')?.at(-1), 4);
    assert.equal(data.series.find(({ id }) => id === 'replicas')?.axis, 'right');
    assert.match(data.notes[0] ?? '', /^No history before/);
  });

  it('keep what they saw while somebody asks', async () => {
    const { source, clock, cpu, pods, stores } = world();
    await source.query(hpa, quarter, signal);
    await clock.advance(15_000);
    pods('a', 'b', 'c');
    cpu({ a: 200, b: 200, c: 200 });
    stores.horizontalpodautoscalers.has(anHpa({ maxReplicas: 10, currentReplicas: 8 }));
    const data = await source.query(hpa, quarter, signal);
    assert.deepEqual(valuesOf(data, 'mean'), [175, 100]);
    assert.deepEqual(valuesOf(data, 'pod:c'), [100]);
    assert.deepEqual(valuesOf(data, 'maxReplicas'), [4, 10, 10]);
  });

  it('take only the pods that the selector chooses', async () => {
    const { source, stores, cpu } = world();
    stores.pods.has(
      aPod({ uid: 'a', name: 'a', containers: [container] }),
      aPod({ uid: 'x', name: 'x', labels: { name: 'other' }, containers: [container] }),
    );
    cpu({ a: 100, x: 900 });
    const data = await source.query(hpa, quarter, signal);
    assert.deepEqual(valuesOf(data, 'mean'), [50]);
    assert.equal(valuesOf(data, 'pod:x'), undefined);
  });

  it('let the watches go when nobody asks, and show the time between as a gap', async () => {
    const { source, clock, cluster, cpu } = world();
    await source.query(hpa, quarter, signal);
    assert.equal(cluster.leases, 4);
    await clock.advance(3 * 60_000);
    assert.equal(cluster.leases, 0);
    cpu({ a: 100, b: 100 });
    const data = await source.query(hpa, quarter, signal);
    assert.deepEqual(valuesOf(data, 'mean'), [175, null, 50]);
    assert.deepEqual(valuesOf(data, 'replicas'), [4, null, 4, 4]);
    source.dispose();
    assert.deepEqual([cluster.leases, clock.pending], [0, 0]);
  });

  it('say so where nothing is requested', async () => {
    const { source, stores, cpu } = world();
    stores.pods.has(aPod({ uid: 'a', name: 'a' }));
    cpu({ a: 120 });
    const data = await source.query({ ...hpa, kind: 'pod', name: 'a', uid: 'a' }, quarter, signal);
    assert.deepEqual(
      data.series.map(({ unit, values }) => [unit, values]),
      [['millicores', [120]]],
    );
    assert.match(data.notes.join(), /millicores/);
  });

  it('show a node against what it can give', async () => {
    const { source, stores, cpu } = world();
    stores.nodes.has(aNode());
    cpu({ 'node-0': 1_000 }, '');
    const data = await source.query(
      { kind: 'node', cluster: prod, name: 'node-0', uid: 'uid-node-0' },
      quarter,
      signal,
    );
    assert.deepEqual(
      data.series.map(({ values }) => values),
      [[25]],
    );
  });

  it('fail as the cluster does, and tell old numbers from new ones', async () => {
    const error = new JarvisError({ code: 'kube.noMetrics', message: 'no metrics-server' });
    const failing = world();
    failing.usages.usage = { state: 'failed', error };
    await assert.rejects(failing.source.query(hpa, quarter, signal), error);

    const stale = world();
    const known = stale.usages.usage;
    assert.ok(known.state === 'ready');
    stale.usages.usage = { state: 'stale', value: known.value, since: 0, error };
    const { notes } = await stale.source.query(hpa, quarter, signal);
    assert.ok(notes.includes('The numbers are old: no metrics-server'));
  });

  it('say that the object is not there', async () => {
    const { source } = world();
    const { series, notes } = await source.query({ ...hpa, name: 'gone', uid: 'gone' }, quarter, signal);
    assert.deepEqual(series, []);
    assert.ok(notes.includes('gone is not in the cluster now.'));
  });

  it('draw the newest pods of many, and their mean', async () => {
    const { source, pods, cpu } = world();
    const names = Array.from({ length: 30 }, (_, index) => `p${index}`);
    pods(...names);
    cpu(Object.fromEntries(names.map((name) => [name, 100])));
    const { series, notes } = await source.query(hpa, quarter, signal);
    assert.equal(series.filter(({ id }) => id.startsWith('pod:')).length, 20);
    assert.ok(notes.includes('20 of 30 pods are drawn.'));
  });

  it('stop waiting when they are told to', async () => {
    const { source, usages } = world();
    usages.usage = { state: 'loading' };
    const abort = new AbortController();
    const waiting = source.query(hpa, quarter, abort.signal);
    abort.abort();
    await assert.rejects(waiting, { name: 'CancelledError' });
  });
});
