import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addSample, emptyDistribution } from '../../../../../src/practice/aws/cloudwatch/metrics/distribution.ts';
import { MetricStore } from '../../../../../src/practice/aws/cloudwatch/metrics/metric-store.ts';
import { Series } from '../../../../../src/practice/aws/cloudwatch/metrics/series.ts';
import { percentileOf, statisticNamed } from '../../../../../src/practice/aws/cloudwatch/metrics/statistics.ts';

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;
const start = Date.parse('2026-11-21T09:00:00Z');
const one = { value: 1, count: 1 };

describe('one metric over time', () => {
  it('gets coarser with age: 1 s for 3 h, 1 min for 15 d, 5 min for 63 d, 1 h for 455 d', () => {
    const series = new Series();
    for (let i = 0; i < 7200; i++) series.add(start + i * second, second, one, start + i * second);
    const end = start + 7200 * second;
    const buckets = (now: number) => {
      series.compact(now);
      const found = series.between(start, end);
      return [found.length, found.reduce((sum, { distribution }) => sum + distribution.count, 0)];
    };
    assert.deepEqual(buckets(end), [7200, 7200]);
    assert.deepEqual(buckets(end + 4 * hour), [120, 7200]);
    assert.deepEqual(buckets(end + 16 * day), [24, 7200]);
    assert.deepEqual(buckets(end + 64 * day), [2, 7200]);
    assert.deepEqual(buckets(end + 456 * day), [0, 0]);
  });

  it('takes data that comes late as fine as it would be kept by now', () => {
    const series = new Series();
    for (const offset of [0, 1, 59]) series.add(start + offset * second, second, one, start + 4 * hour);
    assert.deepEqual(
      series.between(start, start + hour).map((bucket) => bucket.distribution.count),
      [3],
    );
  });

  it('keeps its order whatever the order of puts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), (offsets) => {
        const series = new Series();
        for (const offset of offsets) series.add(start + offset * second, second, one, start);
        const starts = series.between(start, start + 101 * second).map((bucket) => (bucket.start - start) / second);
        assert.deepEqual(
          starts,
          [...new Set(offsets)].sort((a, b) => a - b),
        );
      }),
    );
  });
});

describe('the metric store', () => {
  const put = (store: MetricStore, name: string, time = start) => {
    const metric = { namespace: 'Lab', name, dimensions: [] };
    store.put({ metric, unit: 'None', time, resolution: 1, samples: [one] }, time);
  };

  it('drops the metric that was put longest ago when there are too many', () => {
    const store = new MetricStore({ metrics: 2, buckets: 100 });
    for (const name of ['a', 'b', 'a', 'c']) put(store, name);
    assert.deepEqual(
      store.list().map(({ metric }) => metric.name),
      ['a', 'c'],
    );
  });

  it('drops the metric that was put longest ago when there is too much data', () => {
    const store = new MetricStore({ metrics: 10, buckets: 5 });
    for (const [index, name] of ['a', 'a', 'b', 'b', 'a', 'c'].entries()) put(store, name, start + index * second);
    assert.deepEqual(
      store.list().map(({ metric }) => metric.name),
      ['a', 'c'],
    );
  });

  it('forgets metrics that are past retention', () => {
    const store = new MetricStore();
    put(store, 'old');
    put(store, 'new', start + 500 * day);
    assert.deepEqual(
      store.list().map(({ metric }) => metric.name),
      ['new'],
    );
  });
});

describe('statistics', () => {
  it('knows percentiles from p0 to p100 and nothing else', () => {
    const names = ['p0', 'p50', 'p99.9', 'p100', 'p100.1', 'p-1', 'p', 'P90', 'p9e1', 'p1.12345678901'];
    assert.deepEqual(names.map(percentileOf), [0, 50, 99.9, 100, ...Array.from({ length: 6 }, () => undefined)]);
    assert.equal(statisticNamed('constructor'), undefined);
  });

  it('interpolates between ranks', () => {
    const distribution = emptyDistribution();
    for (const value of [10, 20, 30, 40]) addSample(distribution, { value, count: 1 });
    assert.equal(statisticNamed('p50')?.(distribution), 25);
  });

  it('stays small and near the truth with very many different values', () => {
    const distribution = emptyDistribution();
    for (let i = 1; i <= 100_000; i++) addSample(distribution, { value: i, count: 1 });
    assert.ok(distribution.values instanceof Map && distribution.values.size < 2000);
    const p90 = statisticNamed('p90')?.(distribution) ?? 0;
    assert.ok(Math.abs(p90 - 90_000) < 900, String(p90));
  });
});
