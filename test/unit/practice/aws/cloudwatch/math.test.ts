import assert from 'node:assert/strict';
import { ApiError } from '../../../../../src/practice/aws/cloudwatch/errors.ts';
import { parseExpression } from '../../../../../src/practice/aws/cloudwatch/math/parser.ts';
import { MetricStore } from '../../../../../src/practice/aws/cloudwatch/metrics/metric-store.ts';
import { QueryRun } from '../../../../../src/practice/aws/cloudwatch/query.ts';
import type { MetricDataQuery } from '../../../../../src/practice/aws/cloudwatch/shapes.ts';

const start = Date.parse('2026-11-21T09:00:00Z');
const minute = 60_000;
const window = { from: start, to: start + 4 * minute };

/** Four minutes of each metric; null is a minute without data. */
const data = { m1: [30, 20, 0, 0], m2: [20, null, 20, null], m3: [2, 4, 8, 16], empty: [null, null, null, null] };

const metricQueries: readonly MetricDataQuery[] = Object.keys(data).map((name) => ({
  Id: name,
  MetricStat: { Metric: { Namespace: 'Lab', MetricName: name, Dimensions: [] }, Period: 60, Stat: 'Sum' },
}));

function store(): MetricStore {
  const metrics = new MetricStore();
  for (const [name, values] of Object.entries(data)) {
    values.forEach((value, index) => {
      if (value === null) return;
      const time = start + index * minute;
      const metric = { namespace: 'Lab', name, dimensions: [] };
      metrics.put({ metric, unit: 'None', time, resolution: 60, samples: [{ value, count: 1 }] }, window.to);
    });
  }
  return metrics;
}

function run(expression: string, queries = metricQueries) {
  const query = { Id: 'e', Expression: expression };
  return new QueryRun(store(), [...queries, query], () => window).results(query);
}

/** The values of the result's series, minute by minute; null where there is none. */
const values = (expression: string) =>
  run(expression).map(({ series }) => [0, 1, 2, 3].map((index) => series.points.get(start + index * minute) ?? null));

/** Expression and the one series that it answers with. The first three are AWS's documented examples. */
const expected: Readonly<Record<string, readonly (number | null)[]>> = {
  'm1 < m2': [0, 0, 1, 0],
  'm1 >= 30': [1, 0, 0, 0],
  'm1 > 15 AND m2 > 15': [1, 0, 0, 0],
  'm1 > 15 || m2 > 15': [1, 1, 1, 0],
  'm1 + m2': [50, 20, 20, 0],
  '(m1 - m2) * 2': [20, 40, -40, 0],
  'm1 / m2': [1.5, null, 0, null],
  '-m3 + 10 / 5': [0, -2, -6, -14],
  '2 ^ m3 - 4': [0, 12, 252, 65_532],
  'm3 - AVG(m3)': [-5.5, -3.5, 0.5, 8.5],
  'm3 / SUM(m3) * 30': [2, 4, 8, 16],
  'MAX(m3) - MIN(m3) + m1 * 0': [14, 14, 14, 14],
  'SUM([m1, m2, m3])': [52, 24, 28, 16],
  'AVG([m1, m3])': [16, 12, 4, 8],
  'MIN([m1, m2])': [20, 0, 0, 0],
  'MAX([m1, m2])': [30, 20, 20, 0],
  'FILL(m2, 7)': [20, 7, 20, 7],
  'FILL(m2, REPEAT)': [20, 20, 20, 20],
  'FILL(m2, m1)': [20, 20, 20, 0],
  'FILL(m2 * 2 - m3, LINEAR)': [38, -4, 32, -16],
  'FILL(empty, 0)': [0, 0, 0, 0],
  'IF(m1 > 10, m3)': [2, 4, null, null],
  'IF(m1 > 10, m3, 0 - 1)': [2, 4, -1, -1],
  'IF(m1 > 10 OR m3 == 16, 1, 0)': [1, 1, 0, 1],
  'RATE(m3) * 60': [null, 2, 4, 8],
  'm1 * 0 + PERIOD(m1)': [60, 60, 60, 60],
  'SUM(METRICS("m"))': [52, 24, 28, 16],
  'ABS(m1 - 25)': [5, 5, 25, 25],
};

describe('metric math', () => {
  for (const [expression, series] of Object.entries(expected)) {
    it(expression, () => assert.deepEqual(values(expression), [series]));
  }

  it('fills a gap on a straight line', () => assert.deepEqual(values('FILL(m2, LINEAR)'), [[20, 20, 20, null]]));

  it('gives an array for METRICS and for arithmetic on one', () => {
    assert.equal(run('METRICS() / 2').length, 4);
    assert.deepEqual(values('[m1, m3] * 2'), [
      [60, 40, 0, 0],
      [4, 8, 16, 32],
    ]);
  });

  it('refers to other expressions', () => {
    const half = { Id: 'half', Expression: 'm3 / 2', ReturnData: false };
    const [result] = run('half + 1', [...metricQueries, half]);
    assert.deepEqual([...(result?.series.points.values() ?? [])], [2, 3, 5, 9]);
  });

  for (const wrong of [
    'm1 +',
    '(m1',
    'm9',
    'e + 1',
    'NOPE(m1)',
    'AVG(m1)',
    '5',
    'm1 m2',
    'FILL(m1)',
    '[m1',
    '"x"',
    'IF(METRICS(), 1)',
  ]) {
    it(`refuses ${wrong}`, () => assert.throws(() => run(wrong), { name: 'ApiError', shape: 'ValidationException' }));
  }

  it('refuses the deepest nesting that fits in a request', () => {
    for (const deep of ['('.repeat(1024) + 'm1' + ')'.repeat(1000), '-'.repeat(2000) + 'm1', 'ABS('.repeat(500)])
      assert.throws(() => parseExpression(deep), ApiError);
  });
});
