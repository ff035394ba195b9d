import assert from 'node:assert/strict';
import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDatum,
  paginateGetMetricData,
  paginateListMetrics,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { describeOverHttp } from './harness.ts';

describeOverHttp('CloudWatch metrics over HTTP', (harness) => {
  const put = (Namespace: string, ...MetricData: MetricDatum[]) =>
    harness().client.send(new PutMetricDataCommand({ Namespace, MetricData }));

  const query = (Namespace: string, MetricName: string, Stat: string, Period = 60) => ({
    Id: 'm1',
    MetricStat: { Metric: { Namespace, MetricName }, Period, Stat },
  });

  const get = async (
    input: Pick<GetMetricDataCommandInput, 'MetricDataQueries'> & Partial<GetMetricDataCommandInput>,
  ) => {
    const range = { StartTime: harness().at(-3600), EndTime: harness().at(60) };
    return harness().client.send(new GetMetricDataCommand({ ...range, ...input }));
  };

  const value = async (namespace: string, name: string, stat: string) =>
    (await get({ MetricDataQueries: [query(namespace, name, stat)] })).MetricDataResults?.[0]?.Values?.[0];

  it('answers each statistic of values put with counts', async () => {
    await put('Stats', { MetricName: 'm', Values: [1, 2, 10], Counts: [5, 3, 2] });
    const stats = ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum', 'p50', 'p90', 'p100'];
    const found = await Promise.all(stats.map((stat) => value('Stats', 'm', stat)));
    assert.deepEqual(
      found.map((n) => n && Math.round(n * 100) / 100),
      [10, 31, 3.1, 1, 10, 1.5, 10, 10],
    );
  });

  it('adds a statistic set to what was put before, and tells no percentile of it', async () => {
    await put('Set', { MetricName: 'm', Value: 4 });
    const StatisticValues = { SampleCount: 3, Sum: 9, Minimum: 2, Maximum: 5 };
    await put('Set', { MetricName: 'm', StatisticValues });
    assert.deepEqual(await Promise.all(['Sum', 'SampleCount', 'p90'].map((s) => value('Set', 'm', s))), [
      13,
      4,
      undefined,
    ]);
  });

  it('takes a gzip body', async () => {
    const { url } = harness();
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const options = { endpoint: url, region: 'eu-west-1', credentials, requestMinCompressionSizeBytes: 0 };
    const client = new CloudWatchClient(options);
    await client.send(new PutMetricDataCommand({ Namespace: 'Gzip', MetricData: [{ MetricName: 'm', Value: 42 }] }));
    client.destroy();
    assert.equal(await value('Gzip', 'm', 'Average'), 42);
  });

  it('tells metrics apart by their dimensions, in any order, exactly', async () => {
    const [a, b] = [
      { Name: 'a', Value: '1' },
      { Name: 'b', Value: '2' },
    ];
    await put(
      'Dims',
      { MetricName: 'm', Value: 1, Dimensions: [a, b] },
      { MetricName: 'm', Value: 9, Dimensions: [a] },
    );
    const MetricStat = { Metric: { Namespace: 'Dims', MetricName: 'm', Dimensions: [b, a] }, Period: 60, Stat: 'Sum' };
    const { MetricDataResults } = await get({ MetricDataQueries: [{ Id: 'm1', MetricStat }] });
    assert.deepEqual(MetricDataResults?.[0]?.Values, [1]);
    assert.equal(await value('Dims', 'm', 'Sum'), undefined);
  });

  it('answers newest first, or oldest first when asked, and hides what returns no data', async () => {
    for (const minute of [3, 2, 1])
      await put('Scan', { MetricName: 'm', Value: minute, Timestamp: harness().at(-60 * minute) });
    const MetricDataQueries = [
      { ...query('Scan', 'm', 'Sum'), ReturnData: false },
      { Id: 'e1', Expression: 'm1 * 100', Label: 'percent' },
    ];
    const newest = await get({ MetricDataQueries });
    const oldest = await get({ MetricDataQueries, ScanBy: 'TimestampAscending' });
    assert.deepEqual(
      newest.MetricDataResults?.map(({ Id, Label, Values, StatusCode }) => ({ Id, Label, Values, StatusCode })),
      [{ Id: 'e1', Label: 'percent', Values: [100, 200, 300], StatusCode: 'Complete' }],
    );
    assert.deepEqual(
      oldest.MetricDataResults?.[0]?.Timestamps,
      [-180, -120, -60].map((s) => harness().at(s)),
    );
  });

  it('searches metrics by schema and words', async () => {
    const of = (pod: string, MetricName: string, Value: number) => ({
      MetricName,
      Value,
      Dimensions: [{ Name: 'PodName', Value: pod }],
    });
    await put(
      'Search',
      of('front-end', 'pod_cpu_utilization', 1),
      of('carts', 'pod_cpu_utilization', 2),
      of('carts', 'pod_memory', 3),
    );
    const search = async (text: string) => {
      const { MetricDataResults = [] } = await get({
        MetricDataQueries: [{ Id: 's', Expression: `SEARCH('${text}', 'Sum', 60)` }],
      });
      return MetricDataResults.flatMap((result) => result.Values ?? []).sort();
    };
    const labelled = await get({
      MetricDataQueries: [{ Id: 's', Expression: "SEARCH('{Search,PodName} cpu', 'Sum', 60)" }],
    });
    assert.deepEqual(labelled.MetricDataResults?.map((result) => result.Label).sort(), ['carts', 'front-end']);
    assert.deepEqual(await search('{Search,PodName} cpu'), [1, 2]);
    assert.deepEqual(await search('{Search,PodName} cpu PodName="carts"'), [2]);
    assert.deepEqual(await search('Namespace=Search NOT front'), [2, 3]);
    assert.deepEqual(await search('{Search,PodName,Other} cpu'), []);
  });

  it('pages by number of datapoints and says what is not complete', async () => {
    for (const minute of [1, 2, 3, 4, 5]) {
      const Timestamp = harness().at(-60 * minute);
      await put('Page', { MetricName: 'a', Value: minute, Timestamp }, { MetricName: 'b', Value: -minute, Timestamp });
    }
    const queries = ['a', 'b'].map((name) => ({ ...query('Page', name, 'Sum'), Id: name }));
    const input = {
      MetricDataQueries: queries,
      StartTime: harness().at(-3600),
      EndTime: harness().at(0),
      MaxDatapoints: 3,
    };
    const pages = [];
    for await (const { MetricDataResults = [] } of paginateGetMetricData({ client: harness().client }, input))
      pages.push(MetricDataResults.map(({ Id, Values, StatusCode }) => [Id, Values?.length, StatusCode]));
    assert.deepEqual(pages, [
      [['a', 3, 'PartialData']],
      [
        ['a', 2, 'Complete'],
        ['b', 1, 'PartialData'],
      ],
      [['b', 3, 'PartialData']],
      [['b', 1, 'Complete']],
    ]);
  });

  it('rounds the start of a ten-second query down, and has no data between the minutes of a standard metric', async () => {
    await put('Fine', { MetricName: 'fine', Value: 1, StorageResolution: 1, Timestamp: harness().at(-17) });
    await put('Fine', { MetricName: 'coarse', Value: 2, Timestamp: harness().at(-17) });
    await put('Fine', { MetricName: 'fine', Value: 3, StorageResolution: 1, Timestamp: harness().at(1) });
    const range = { StartTime: harness().at(-57), EndTime: harness().at(3) };
    const { MetricDataResults = [] } = await get({
      ...range,
      MetricDataQueries: ['fine', 'coarse'].map((name) => ({ ...query('Fine', name, 'Sum', 10), Id: name })),
    });
    assert.deepEqual(
      MetricDataResults.map((result) => result.Timestamps),
      [[harness().at(-20)], [harness().at(-60)]],
    );
  });

  it('answers GetMetricStatistics with a datapoint for each unit', async () => {
    await put('Units', { MetricName: 'm', Value: 1, Unit: 'Seconds' }, { MetricName: 'm', Value: 5, Unit: 'Count' });
    const range = {
      StartTime: harness().at(-60),
      EndTime: harness().at(60),
      Period: 60,
      Namespace: 'Units',
      MetricName: 'm',
    };
    const ask = async (more: { Unit?: 'Count'; Statistics?: ('Sum' | 'Average')[]; ExtendedStatistics?: string[] }) =>
      (await harness().client.send(new GetMetricStatisticsCommand({ ...range, ...more }))).Datapoints;
    const Timestamp = harness().at(0);
    assert.deepEqual(await ask({ Statistics: ['Sum'] }), [
      { Timestamp, Unit: 'Seconds', Sum: 1 },
      { Timestamp, Unit: 'Count', Sum: 5 },
    ]);
    assert.deepEqual(await ask({ Unit: 'Count', ExtendedStatistics: ['p99'] }), [
      { Timestamp, Unit: 'Count', ExtendedStatistics: { p99: 5 } },
    ]);
  });

  it('lists metrics by namespace, name and dimension, in pages of 500', async () => {
    const many = Array.from({ length: 600 }, (_, i) => ({
      MetricName: 'm',
      Value: 1,
      Dimensions: [{ Name: 'i', Value: String(i) }],
    }));
    await put('Many', ...many);
    const sizes = [];
    for await (const { Metrics } of paginateListMetrics({ client: harness().client }, { Namespace: 'Many' }))
      sizes.push(Metrics?.length);
    assert.deepEqual(sizes, [500, 100]);
    const one = await harness().client.send(
      new ListMetricsCommand({ MetricName: 'm', Dimensions: [{ Name: 'i', Value: '7' }] }),
    );
    assert.deepEqual(one.Metrics, [{ Namespace: 'Many', MetricName: 'm', Dimensions: [{ Name: 'i', Value: '7' }] }]);
  });

  describe('refuses', () => {
    const refused = (name: string, code: string, send: () => Promise<unknown>) =>
      it(name, async () => {
        await assert.rejects(send, (error: Error & { $metadata?: { httpStatusCode?: number } }) => {
          assert.equal(error.name, code, error.message);
          assert.equal(error.$metadata?.httpStatusCode, 400);
          return true;
        });
      });
    const now = () => harness().at(0);
    const invalid = 'InvalidParameterValueException';
    refused('a put without data', 'MissingRequiredParameterException', () => put('Bad'));
    refused('a datum without a value', 'MissingRequiredParameterException', () => put('Bad', { MetricName: 'm' }));
    refused('a datum without a name', 'MissingRequiredParameterException', () =>
      put('Bad', { MetricName: undefined, Value: 1 }),
    );
    refused('a value and values together', 'InvalidParameterCombinationException', () =>
      put('Bad', { MetricName: 'm', Value: 1, Values: [2] }),
    );
    refused('counts of another length', invalid, () => put('Bad', { MetricName: 'm', Values: [1], Counts: [1, 2] }));
    refused('NaN', invalid, () => put('Bad', { MetricName: 'm', Value: NaN }));
    refused('infinity', invalid, () => put('Bad', { MetricName: 'm', Value: Infinity }));
    refused('data of three weeks ago', invalid, () =>
      put('Bad', { MetricName: 'm', Value: 1, Timestamp: harness().at(-21 * 86_400) }),
    );
    refused('data of tomorrow', invalid, () =>
      put('Bad', { MetricName: 'm', Value: 1, Timestamp: harness().at(86_400) }),
    );
    refused('a resolution of 5 s', invalid, () => put('Bad', { MetricName: 'm', Value: 1, StorageResolution: 5 }));
    refused('501 queries', 'ValidationException', () =>
      get({ MetricDataQueries: Array.from({ length: 501 }, (_, i) => ({ ...query('Bad', 'm', 'Sum'), Id: `m${i}` })) }),
    );
    refused('the same id twice', 'ValidationException', () =>
      get({ MetricDataQueries: [query('B', 'm', 'Sum'), query('B', 'm', 'Sum')] }),
    );
    refused('an id in capitals', 'ValidationException', () =>
      get({ MetricDataQueries: [{ ...query('B', 'm', 'Sum'), Id: 'M1' }] }),
    );
    refused('an unknown statistic', 'ValidationException', () =>
      get({ MetricDataQueries: [query('B', 'm', 'Median')] }),
    );
    refused('a period of 45 s', 'ValidationException', () => get({ MetricDataQueries: [query('B', 'm', 'Sum', 45)] }));
    refused('an end before the start', 'ValidationException', () =>
      get({ MetricDataQueries: [], StartTime: now(), EndTime: now() }),
    );
    refused('more points than a call may return', 'ValidationException', () =>
      get({ MetricDataQueries: [], MaxDatapoints: 100_801 }),
    );
    refused('a token of another request', 'InvalidNextToken', () =>
      get({ MetricDataQueries: [], NextToken: 'nonsense' }),
    );
    it('a token that belongs to another request', async () => {
      const first = await harness().client.send(new ListMetricsCommand({ Namespace: 'Many' }));
      const other = new ListMetricsCommand({ Namespace: 'Many', MetricName: 'm', NextToken: first.NextToken });
      await assert.rejects(harness().client.send(other), { name: 'InvalidNextToken' });
    });
    refused('statistics over too many periods', 'InvalidParameterCombinationException', () =>
      harness().client.send(
        new GetMetricStatisticsCommand({
          ...{ Namespace: 'B', MetricName: 'm', Period: 60, Statistics: ['Sum'] },
          ...{ StartTime: harness().at(-2 * 86_400), EndTime: now() },
        }),
      ),
    );

    it('stores nothing of a put that it refuses', async () => {
      await assert.rejects(put('Half', { MetricName: 'good', Value: 1 }, { MetricName: 'bad', Value: NaN }));
      assert.equal(await value('Half', 'good', 'Sum'), undefined);
    });

    it('what is no call of CloudWatch, without a server error', async () => {
      const call = (operation: string, body: string) =>
        fetch(harness().url, {
          method: 'POST',
          body,
          headers: { 'x-amz-target': `GraniteServiceVersion20100801.${operation}` },
        });
      const answers = [
        await call('DescribeAlarms', '{"'),
        await call('DescribeAlarms', '[]'),
        await call('Nope', '{}'),
      ];
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [400, 400, 400],
      );
      assert.equal(answers[2]?.headers.get('x-amzn-query-error'), 'InvalidAction;Sender');
    });
  });
});
