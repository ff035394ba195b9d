import assert from 'node:assert/strict';
import { paginateDescribeAlarmHistory, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { accountId, arn, cpu, describeOverHttp, region, topic } from './harness.ts';

describeOverHttp('an alarm that rings and recovers', (harness) => {
  before(async () => {
    await harness().putAlarm({ AlarmActions: [topic], OKActions: [topic] });
    for (const value of [90, 95.5, 10, 20]) {
      await harness().put(value);
      await harness().clock.advance(10_000);
    }
  });

  it('says in its state why, and tells SNS and EventBridge of both changes', async () => {
    const {
      StateValue,
      StateReason,
      StateReasonData = '',
      StateTransitionedTimestamp,
    } = (await harness().alarm('cpu-high')) ?? {};
    assert.equal(StateValue, 'OK');
    assert.equal(
      StateReason,
      'Threshold Crossed: 1 out of the last 2 datapoints [10.0 (21/11/26 09:00:20)] was not greater than the threshold (50.0) (minimum 1 datapoint for ALARM -> OK transition).',
    );
    assert.deepEqual(StateTransitionedTimestamp, harness().at(-10));
    assert.deepEqual(JSON.parse(StateReasonData), {
      ...{ version: '1.0', queryDate: '2026-11-21T09:00:30.000+0000', startDate: '2026-11-21T09:00:10.000+0000' },
      ...{ statistic: 'Average', period: 10, recentDatapoints: [95.5, 10], threshold: 50 },
      evaluatedDatapoints: [
        { timestamp: '2026-11-21T09:00:20.000+0000', sampleCount: 1, value: 10 },
        { timestamp: '2026-11-21T09:00:10.000+0000', sampleCount: 1, value: 95.5 },
      ],
    });
    assert.deepEqual(
      harness().notices.map((notice) => notice.subject),
      ['ALARM: "cpu-high" in Asia Pacific (Seoul)', 'OK: "cpu-high" in Asia Pacific (Seoul)'],
    );
    assert.deepEqual(
      harness()
        .events.slice(-2)
        .map((event) => event.resources),
      [[arn('cpu-high')], [arn('cpu-high')]],
    );
  });

  it('sends the whole notice', () => {
    const notice = JSON.parse(harness().notices[0]?.message ?? '') as object;
    assert.deepEqual(notice, {
      ...{ AlarmName: 'cpu-high', AlarmDescription: null, AWSAccountId: accountId, Region: 'Asia Pacific (Seoul)' },
      ...{ AlarmConfigurationUpdatedTimestamp: '2026-11-21T09:00:00.000+0000', AlarmArn: arn('cpu-high') },
      ...{
        NewStateValue: 'ALARM',
        OldStateValue: 'INSUFFICIENT_DATA',
        StateChangeTime: '2026-11-21T09:00:20.000+0000',
      },
      NewStateReason:
        'Threshold Crossed: 2 out of the last 2 datapoints [95.5 (21/11/26 09:00:10), 90.0 (21/11/26 09:00:00)] were greater than the threshold (50.0) (minimum 2 datapoints for OK -> ALARM transition).',
      ...{ OKActions: [topic], AlarmActions: [topic], InsufficientDataActions: [] },
      Trigger: {
        ...{ MetricName: 'cpu', Namespace: 'Lab', StatisticType: 'Statistic', Statistic: 'AVERAGE', Unit: null },
        ...{ Dimensions: [{ value: 'front-end', name: 'PodName' }], Period: 10, EvaluationPeriods: 2 },
        ...{ ComparisonOperator: 'GreaterThanThreshold', Threshold: 50 },
        ...{ TreatMissingData: '', EvaluateLowSampleCountPercentile: '' },
      },
    });
  });

  it('sends the event as EventBridge delivers it', () => {
    const event = harness().events.findLast((found) => found.resources[0] === arn('cpu-high'));
    const { id, detail, ...envelope } = event ?? assert.fail('no event');
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(envelope, {
      ...{ version: '0', 'detail-type': 'CloudWatch Alarm State Change', source: 'aws.cloudwatch', account: accountId },
      ...{ time: '2026-11-21T09:00:30Z', region, resources: [arn('cpu-high')] },
    });
    const { alarmName, configuration, previousState, state } = detail as Record<string, Record<string, unknown>>;
    assert.deepEqual([alarmName, previousState?.['value'], state?.['value']], ['cpu-high', 'ALARM', 'OK']);
    assert.equal(state?.['timestamp'], '2026-11-21T09:00:30.000+0000');
    const metric = { namespace: 'Lab', name: 'cpu', dimensions: { PodName: 'front-end' } };
    assert.deepEqual(configuration, {
      metrics: [{ id: arn('cpu-high'), metricStat: { metric, period: 10, stat: 'Average' }, returnData: true }],
    });
  });

  it('keeps a history of configuration, states and actions, newest first', async () => {
    const items = await harness().history('cpu-high');
    assert.deepEqual(
      items.map((item) => item.HistorySummary),
      [
        `Successfully executed action ${topic}`,
        'Alarm updated from ALARM to OK',
        `Successfully executed action ${topic}`,
        'Alarm updated from INSUFFICIENT_DATA to ALARM',
        'Alarm "cpu-high" created',
      ],
    );
    const [state] = await harness().history('cpu-high', 'StateUpdate');
    const data = JSON.parse(state?.HistoryData ?? '') as Record<string, Record<string, unknown>>;
    assert.deepEqual([data['oldState']?.['stateValue'], data['newState']?.['stateValue']], ['ALARM', 'OK']);
    assert.equal(typeof data['newState']?.['stateReasonData'], 'object');
    const summaries = [];
    const input = { AlarmName: 'cpu-high', ScanBy: 'TimestampAscending', MaxRecords: 2 } as const;
    for await (const page of paginateDescribeAlarmHistory({ client: harness().client }, input))
      summaries.push(page.AlarmHistoryItems?.map((item) => item.HistoryItemType));
    assert.deepEqual(summaries, [['ConfigurationUpdate', 'StateUpdate'], ['Action', 'StateUpdate'], ['Action']]);
  });
});

describeOverHttp('the evaluation of alarms', (harness) => {
  it('lacks data when the metric stops, or treats it as it was told', async () => {
    await harness().putAlarm();
    await harness().setState('cpu-high', 'OK');
    await harness().clock.advance(60_000);
    const { StateValue, StateReason } = (await harness().alarm('cpu-high')) ?? {};
    assert.deepEqual([StateValue, StateReason], ['INSUFFICIENT_DATA', 'Insufficient Data: 2 datapoints were unknown.']);
    await harness().putAlarm({ TreatMissingData: 'breaching' });
    await harness().clock.advance(10_000);
    assert.equal(
      (await harness().alarm('cpu-high'))?.StateReason,
      'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
    );
    await harness().putAlarm({ TreatMissingData: 'ignore' });
    await harness().clock.advance(60_000);
    assert.equal((await harness().alarm('cpu-high'))?.StateValue, 'ALARM');
    await harness().remove('cpu-high');
  });

  it('looks at alarms with minutes on whole minutes, and at M of N datapoints', async () => {
    const changes = {
      AlarmName: 'minutes',
      MetricName: 'slow',
      Period: 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
    };
    await harness().putAlarm(changes);
    await harness().clock.advance(60_000 - (harness().clock.now() % 60_000));
    const states = [];
    for (const value of [90, 10, 90, 10, 10]) {
      await harness().put(value, 'slow');
      await harness().clock.advance(50_000);
      const before = (await harness().alarm('minutes'))?.StateValue;
      await harness().clock.advance(10_000);
      states.push([before, (await harness().alarm('minutes'))?.StateValue]);
    }
    assert.deepEqual(states, [
      ['INSUFFICIENT_DATA', 'INSUFFICIENT_DATA'],
      ['INSUFFICIENT_DATA', 'OK'],
      ['OK', 'ALARM'],
      ['ALARM', 'OK'],
      ['OK', 'OK'],
    ]);
    await harness().remove('minutes');
  });

  it('hears of late data of a minute only at the next whole minute', async () => {
    const changes = { AlarmName: 'late', MetricName: 'late', Period: 60, EvaluationPeriods: 1 };
    await harness().putAlarm(changes);
    await harness().clock.advance(60_000 - (harness().clock.now() % 60_000) + 5_000);
    const MetricData = [{ ...cpu, MetricName: 'late', Value: 90, Timestamp: harness().at(-10) }];
    await harness().client.send(new PutMetricDataCommand({ Namespace: 'Lab', MetricData }));
    await harness().clock.advance(54_000);
    assert.equal((await harness().alarm('late'))?.StateValue, 'INSUFFICIENT_DATA');
    await harness().clock.advance(1_000);
    assert.equal((await harness().alarm('late'))?.StateValue, 'ALARM');
    await harness().remove('late');
  });

  it('always ignores missing data of AWS/DynamoDB', async () => {
    await harness().putAlarm({ AlarmName: 'table', Namespace: 'AWS/DynamoDB', TreatMissingData: 'breaching' });
    await harness().clock.advance(60_000);
    assert.equal((await harness().alarm('table'))?.StateValue, 'INSUFFICIENT_DATA');
    await harness().remove('table');
  });

  it('evaluates an expression over several metrics', async () => {
    const single = {
      MetricName: undefined,
      Namespace: undefined,
      Dimensions: undefined,
      Statistic: undefined,
      Period: undefined,
    };
    const Metrics = [
      { Id: 'ratio', Expression: 'm1 / 2', Label: 'half' },
      {
        Id: 'm1',
        ReturnData: false,
        MetricStat: { Metric: { Namespace: 'Lab', ...cpu }, Period: 10, Stat: 'Maximum' },
      },
    ];
    await harness().putAlarm({ ...single, AlarmName: 'math', EvaluationPeriods: 1, Metrics });
    await harness().put(90);
    await harness().clock.advance(10_000);
    assert.equal((await harness().alarm('math'))?.StateValue, 'OK');
    await harness().put(104);
    await harness().clock.advance(10_000);
    const { StateReason, Metrics: shown } = (await harness().alarm('math')) ?? {};
    assert.match(
      StateReason ?? '',
      /1 out of the last 1 datapoints \[52\.0 .*\(minimum 1 datapoint for OK -> ALARM transition\)\.$/,
    );
    assert.deepEqual(shown, Metrics);
    await harness().remove('math');
  });

  it('keeps its state while a percentile has too few samples, when told to', async () => {
    const changes = { Statistic: undefined, ExtendedStatistic: 'p90', EvaluationPeriods: 1 };
    await harness().putAlarm({ ...changes, AlarmName: 'careful', EvaluateLowSampleCountPercentile: 'ignore' });
    await harness().putAlarm({ ...changes, AlarmName: 'eager', EvaluateLowSampleCountPercentile: 'evaluate' });
    await harness().put(90);
    await harness().clock.advance(10_000);
    assert.equal((await harness().alarm('careful'))?.StateValue, 'INSUFFICIENT_DATA');
    assert.equal((await harness().alarm('eager'))?.StateValue, 'ALARM');
    await harness().remove('careful', 'eager');
  });
});
