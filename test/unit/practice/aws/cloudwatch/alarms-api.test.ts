import assert from 'node:assert/strict';
import {
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  type HistoryItemType,
  ListTagsForResourceCommand,
  paginateDescribeAlarmHistory,
  paginateDescribeAlarms,
  PutCompositeAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
  type StateValue,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { accountId, cpu, describeOverHttp, region, topic } from './harness.ts';

const arn = (name: string) => `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;

describeOverHttp('CloudWatch alarms over HTTP', (harness) => {
  const describeAlarms = (input: DescribeAlarmsCommandInput = {}) =>
    harness().client.send(new DescribeAlarmsCommand(input));
  const alarm = async (name: string) => (await describeAlarms({ AlarmNames: [name] })).MetricAlarms?.[0];
  const composite = async (name: string) =>
    (await describeAlarms({ AlarmNames: [name], AlarmTypes: ['CompositeAlarm'] })).CompositeAlarms?.[0];
  const putComposite = (AlarmName: string, AlarmRule: string, AlarmActions: string[] = []) =>
    harness().client.send(new PutCompositeAlarmCommand({ AlarmName, AlarmRule, AlarmActions }));
  const setState = (AlarmName: string, StateValue: StateValue, StateReasonData?: string) =>
    harness().client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a test', StateReasonData }));
  const history = async (AlarmName: string, HistoryItemType?: HistoryItemType) =>
    (await harness().client.send(new DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType }))).AlarmHistoryItems ??
    [];
  const remove = (...AlarmNames: string[]) => harness().client.send(new DeleteAlarmsCommand({ AlarmNames }));

  it('starts without data, keeps what it was told, and leaves the state alone when it is put again', async () => {
    await harness().putAlarm({
      AlarmName: 'new',
      AlarmDescription: 'CPU',
      DatapointsToAlarm: 1,
      TreatMissingData: 'ignore',
    });
    await setState('new', 'OK');
    await harness().putAlarm({ AlarmName: 'new', Threshold: 80 });
    const { StateValue, Threshold, AlarmDescription, AlarmArn, Dimensions, OKActions } = (await alarm('new')) ?? {};
    assert.deepEqual(
      { StateValue, Threshold, AlarmDescription, AlarmArn, Dimensions, OKActions },
      {
        StateValue: 'OK',
        Threshold: 80,
        AlarmDescription: undefined,
        AlarmArn: arn('new'),
        Dimensions: cpu.Dimensions,
        OKActions: [],
      },
    );
    await remove('new');
  });

  it('lists metric alarms only unless asked, filtered and in pages of 100', async () => {
    for (let i = 0; i < 130; i++)
      await harness().putAlarm({ AlarmName: `many-${i}`, MetricName: 'none', AlarmActions: i < 5 ? [topic] : [] });
    await putComposite('many-composite', 'ALARM("many-1")');
    const sizes = [];
    for await (const page of paginateDescribeAlarms({ client: harness().client }, { AlarmNamePrefix: 'many' }))
      sizes.push([page.MetricAlarms?.length, page.CompositeAlarms?.length]);
    assert.deepEqual(sizes, [
      [100, 0],
      [30, 0],
    ]);
    const both = await describeAlarms({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], AlarmNamePrefix: 'many-c' });
    assert.deepEqual(
      both.CompositeAlarms?.map((found) => found.AlarmName),
      ['many-composite'],
    );
    assert.equal(
      (await describeAlarms({ ActionPrefix: 'arn:aws:sns', AlarmNamePrefix: 'many' })).MetricAlarms?.length,
      5,
    );
    await setState('many-7', 'ALARM');
    const ringing = await describeAlarms({ StateValue: 'ALARM', AlarmNamePrefix: 'many' });
    assert.deepEqual(
      ringing.MetricAlarms?.map((found) => found.AlarmName),
      ['many-7'],
    );
    assert.equal((await describeAlarms({ MaxRecords: 7 })).MetricAlarms?.length, 7);
    const parents = await describeAlarms({ ParentsOfAlarmName: 'many-1' });
    const children = await describeAlarms({ ChildrenOfAlarmName: 'many-composite' });
    assert.deepEqual(parents.CompositeAlarms, [{ AlarmName: 'many-composite', AlarmArn: arn('many-composite') }]);
    assert.deepEqual(
      children.MetricAlarms?.map((found) => found.AlarmName),
      ['many-1'],
    );
    const ofMetric = new DescribeAlarmsForMetricCommand({ ...cpu, MetricName: 'none', Namespace: 'Lab', Period: 10 });
    assert.equal((await harness().client.send(ofMetric)).MetricAlarms?.length, 130);
    await remove('many-composite');
    for (let i = 0; i < 130; i += 65) await remove(...Array.from({ length: 65 }, (_, j) => `many-${i + j}`));
  });

  it('rings when the metric crosses the threshold, tells SNS and EventBridge, and recovers', async () => {
    await harness().putAlarm({ AlarmActions: [topic], OKActions: [topic] });
    for (const value of [90, 95.5, 10, 20]) {
      await harness().put(value);
      await harness().clock.advance(10_000);
    }
    const {
      StateValue,
      StateReason,
      StateReasonData = '',
      StateTransitionedTimestamp,
    } = (await alarm('cpu-high')) ?? {};
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
    const items = await history('cpu-high');
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
    const [state] = await history('cpu-high', 'StateUpdate');
    const data = JSON.parse(state?.HistoryData ?? '') as Record<string, Record<string, unknown>>;
    assert.deepEqual([data['oldState']?.['stateValue'], data['newState']?.['stateValue']], ['ALARM', 'OK']);
    assert.equal(typeof data['newState']?.['stateReasonData'], 'object');
    const summaries = [];
    const input = { AlarmName: 'cpu-high', ScanBy: 'TimestampAscending', MaxRecords: 2 } as const;
    for await (const page of paginateDescribeAlarmHistory({ client: harness().client }, input))
      summaries.push(page.AlarmHistoryItems?.map((item) => item.HistoryItemType));
    assert.deepEqual(summaries, [['ConfigurationUpdate', 'StateUpdate'], ['Action', 'StateUpdate'], ['Action']]);
  });

  it('lacks data when the metric stops, or treats it as it was told', async () => {
    await harness().clock.advance(60_000);
    const { StateValue, StateReason } = (await alarm('cpu-high')) ?? {};
    assert.deepEqual([StateValue, StateReason], ['INSUFFICIENT_DATA', 'Insufficient Data: 2 datapoints were unknown.']);
    await harness().putAlarm({ TreatMissingData: 'breaching' });
    await harness().clock.advance(10_000);
    assert.equal(
      (await alarm('cpu-high'))?.StateReason,
      'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
    );
    await harness().putAlarm({ TreatMissingData: 'ignore' });
    await harness().clock.advance(60_000);
    assert.equal((await alarm('cpu-high'))?.StateValue, 'ALARM');
    await remove('cpu-high');
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
      const before = (await alarm('minutes'))?.StateValue;
      await harness().clock.advance(10_000);
      states.push([before, (await alarm('minutes'))?.StateValue]);
    }
    assert.deepEqual(states, [
      ['INSUFFICIENT_DATA', 'INSUFFICIENT_DATA'],
      ['INSUFFICIENT_DATA', 'OK'],
      ['OK', 'ALARM'],
      ['ALARM', 'OK'],
      ['OK', 'OK'],
    ]);
    await remove('minutes');
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
    assert.equal((await alarm('math'))?.StateValue, 'OK');
    await harness().put(104);
    await harness().clock.advance(10_000);
    const { StateReason, Metrics: shown } = (await alarm('math')) ?? {};
    assert.match(
      StateReason ?? '',
      /1 out of the last 1 datapoints \[52\.0 .*\(minimum 1 datapoint for OK -> ALARM transition\)\.$/,
    );
    assert.deepEqual(shown, Metrics);
    await remove('math');
  });

  it('keeps its state while a percentile has too few samples, when told to', async () => {
    const changes = { Statistic: undefined, ExtendedStatistic: 'p90', EvaluationPeriods: 1 };
    await harness().putAlarm({ ...changes, AlarmName: 'careful', EvaluateLowSampleCountPercentile: 'ignore' });
    await harness().putAlarm({ ...changes, AlarmName: 'eager', EvaluateLowSampleCountPercentile: 'evaluate' });
    await harness().put(90);
    await harness().clock.advance(10_000);
    assert.equal((await alarm('careful'))?.StateValue, 'INSUFFICIENT_DATA');
    assert.equal((await alarm('eager'))?.StateValue, 'ALARM');
    await remove('careful', 'eager');
  });

  it('sets a state until the next evaluation, and does nothing when it is the same', async () => {
    await harness().putAlarm({ AlarmName: 'set', TreatMissingData: 'notBreaching', MetricName: 'silent' });
    await setState('set', 'ALARM', '{"by":"hand"}');
    await setState('set', 'ALARM');
    assert.equal((await history('set', 'StateUpdate')).length, 1);
    assert.equal((await alarm('set'))?.StateReasonData, '{"by":"hand"}');
    await harness().clock.advance(10_000);
    assert.equal((await alarm('set'))?.StateValue, 'OK');
    await remove('set');
  });

  it('does not act while actions are disabled', async () => {
    await harness().putAlarm({
      AlarmName: 'quiet',
      AlarmActions: [topic],
      MetricName: 'silent',
      TreatMissingData: 'ignore',
    });
    const names = { AlarmNames: ['quiet'] };
    await harness().client.send(new DisableAlarmActionsCommand(names));
    assert.equal((await alarm('quiet'))?.ActionsEnabled, false);
    await setState('quiet', 'ALARM');
    await harness().client.send(new EnableAlarmActionsCommand(names));
    await setState('quiet', 'OK');
    await setState('quiet', 'ALARM');
    await harness().clock.advance(0);
    assert.equal((await history('quiet', 'Action')).length, 1);
    await remove('quiet');
  });

  it('follows the states of other alarms by a rule', async () => {
    await harness().putAlarm({ AlarmName: 'a', MetricName: 'silent', TreatMissingData: 'ignore' });
    await harness().putAlarm({ AlarmName: 'b', MetricName: 'silent', TreatMissingData: 'ignore' });
    await putComposite('both', `ALARM("a") AND ALARM("${arn('b')}")`, [topic]);
    await putComposite('above', 'ALARM(both) AND NOT OK(a)');
    assert.equal((await composite('both'))?.StateValue, 'OK');
    await setState('a', 'ALARM');
    assert.equal((await composite('both'))?.StateValue, 'OK');
    await setState('b', 'ALARM');
    await harness().clock.advance(0);
    const { StateValue, StateReason = '' } = (await composite('both')) ?? {};
    assert.equal(StateValue, 'ALARM');
    assert.match(StateReason, /alarm:b transitioned to ALARM at Saturday 21 November, 2026 09:\d\d:\d\d UTC$/);
    assert.equal((await composite('above'))?.StateValue, 'ALARM');
    const notice = JSON.parse(harness().notices.at(-1)?.message ?? '') as { TriggeringChildren?: { Arn: string }[] };
    assert.deepEqual(
      notice.TriggeringChildren?.map((child) => child.Arn),
      [arn('a'), arn('b')],
    );
    await setState('a', 'OK');
    assert.deepEqual([(await composite('both'))?.StateValue, (await composite('above'))?.StateValue], ['OK', 'OK']);
    await assert.rejects(remove('a'), { name: 'ValidationException' });
    await remove('above');
    await remove('both', 'a', 'b');
  });

  it('ends a loop of rules', async () => {
    await putComposite('ring', 'FALSE');
    await putComposite('chain', 'ALARM(ring)');
    await putComposite('ring', 'NOT ALARM(chain)');
    assert.equal((await composite('ring'))?.StateValue, 'ALARM');
    await putComposite('ring', 'FALSE');
    await remove('chain');
    await remove('ring');
  });

  it('tags alarms', async () => {
    await harness().putAlarm({ AlarmName: 'tagged', Tags: [{ Key: 'team', Value: 'sre' }] });
    const ResourceARN = arn('tagged');
    await harness().client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'tier', Value: '1' }] }));
    await harness().client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['team'] }));
    const list = () => harness().client.send(new ListTagsForResourceCommand({ ResourceARN }));
    assert.deepEqual((await list()).Tags, [{ Key: 'tier', Value: '1' }]);
    await remove('tagged');
    await assert.rejects(list(), { name: 'ResourceNotFoundException' });
  });

  it('keeps the history of an alarm that is gone', async () => {
    assert.equal((await history('tagged'))[0]?.HistorySummary, 'Alarm "tagged" deleted');
  });

  describe('refuses', () => {
    const bad: Readonly<Record<string, readonly [Partial<PutMetricAlarmCommandInput>, code?: string]>> = {
      'an alarm without a name': [{ AlarmName: undefined }],
      'an alarm without a metric': [{ MetricName: undefined }],
      'no threshold': [{ Threshold: undefined }, 'MissingRequiredParameterException'],
      'a period of 15 s': [{ Period: 15 }],
      'a period of 90 s': [{ Period: 90 }],
      'two statistics': [{ ExtendedStatistic: 'p90' }],
      'a percentile of 101': [{ Statistic: undefined, ExtendedStatistic: 'p101' }, 'InvalidParameterValueException'],
      'more datapoints to alarm than periods': [{ DatapointsToAlarm: 3 }],
      'more than a day': [{ Period: 60, EvaluationPeriods: 1441 }],
      'six actions': [{ AlarmActions: Array.from({ length: 6 }, () => topic) }],
      'an unknown treatment of missing data': [{ TreatMissingData: 'hopeful' }],
      'a metric and an expression together': [
        { Metrics: [{ Id: 'e', Expression: 'm1' }] },
        'InvalidParameterCombinationException',
      ],
    };
    for (const [what, [changes, name = 'ValidationException']] of Object.entries(bad))
      it(what, () => assert.rejects(harness().putAlarm({ AlarmName: 'bad', ...changes }), { name }));

    it('a state for an alarm that is not there', () =>
      assert.rejects(setState('gone', 'OK'), { name: 'ResourceNotFound' }));
    it('reason data that is no JSON', async () => {
      await assert.rejects(setState('gone', 'OK', '{'), { name: 'InvalidFormatFault' });
    });
    it('deleting what is not there', () => assert.rejects(remove('gone'), { name: 'ResourceNotFound' }));
    it('a rule about alarms that are not there', () =>
      assert.rejects(putComposite('bad', 'ALARM(gone)'), { name: 'ValidationException' }));
    it('a page of 101', () => assert.rejects(describeAlarms({ MaxRecords: 101 }), { name: 'ValidationException' }));
    it('relatives with another filter', () =>
      assert.rejects(describeAlarms({ ChildrenOfAlarmName: 'x', StateValue: 'OK' }), { name: 'ValidationException' }));
  });
});

describeOverHttp(
  'CloudWatch alarms whose topic is gone',
  (harness) => {
    it('records the action as failed', async () => {
      await harness().putAlarm({ AlarmActions: [topic] });
      await harness().client.send(
        new SetAlarmStateCommand({ AlarmName: 'cpu-high', StateValue: 'ALARM', StateReason: '' }),
      );
      await harness().clock.advance(0);
      const input = { AlarmName: 'cpu-high', HistoryItemType: 'Action' } as const;
      const { AlarmHistoryItems } = await harness().client.send(new DescribeAlarmHistoryCommand(input));
      assert.equal(
        AlarmHistoryItems?.[0]?.HistorySummary,
        `Failed to execute action ${topic}. Received error: "Topic does not exist"`,
      );
    });
  },
  [topic],
);
