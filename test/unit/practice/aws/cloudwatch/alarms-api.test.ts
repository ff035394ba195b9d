import assert from 'node:assert/strict';
import {
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  ListTagsForResourceCommand,
  paginateDescribeAlarms,
  type PutMetricAlarmCommandInput,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { arn, cpu, describeOverHttp, topic } from './harness.ts';

describeOverHttp('CloudWatch alarms over HTTP', (harness) => {
  it('starts without data, keeps what it was told, and leaves the state alone when it is put again', async () => {
    await harness().putAlarm({
      AlarmName: 'new',
      AlarmDescription: 'CPU',
      DatapointsToAlarm: 1,
      TreatMissingData: 'ignore',
    });
    await harness().setState('new', 'OK');
    await harness().putAlarm({ AlarmName: 'new', Threshold: 80 });
    const { StateValue, Threshold, AlarmDescription, AlarmArn, Dimensions, OKActions } =
      (await harness().alarm('new')) ?? {};
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
    await harness().remove('new');
  });

  it('lists metric alarms only unless asked, filtered and in pages of 100', async () => {
    for (let i = 0; i < 130; i++)
      await harness().putAlarm({ AlarmName: `many-${i}`, MetricName: 'none', AlarmActions: i < 5 ? [topic] : [] });
    await harness().putComposite('many-composite', 'ALARM("many-1")');
    const sizes = [];
    for await (const page of paginateDescribeAlarms({ client: harness().client }, { AlarmNamePrefix: 'many' }))
      sizes.push([page.MetricAlarms?.length, page.CompositeAlarms?.length]);
    assert.deepEqual(sizes, [
      [100, 0],
      [30, 0],
    ]);
    const both = await harness().describeAlarms({
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      AlarmNamePrefix: 'many-c',
    });
    assert.deepEqual(
      both.CompositeAlarms?.map((found) => found.AlarmName),
      ['many-composite'],
    );
    assert.equal(
      (await harness().describeAlarms({ ActionPrefix: 'arn:aws:sns', AlarmNamePrefix: 'many' })).MetricAlarms?.length,
      5,
    );
    await harness().setState('many-7', 'ALARM');
    const ringing = await harness().describeAlarms({ StateValue: 'ALARM', AlarmNamePrefix: 'many' });
    assert.deepEqual(
      ringing.MetricAlarms?.map((found) => found.AlarmName),
      ['many-7'],
    );
    assert.equal((await harness().describeAlarms({ MaxRecords: 7 })).MetricAlarms?.length, 7);
    const parents = await harness().describeAlarms({ ParentsOfAlarmName: 'many-1' });
    const children = await harness().describeAlarms({ ChildrenOfAlarmName: 'many-composite' });
    assert.deepEqual(parents.CompositeAlarms, [{ AlarmName: 'many-composite', AlarmArn: arn('many-composite') }]);
    assert.deepEqual(
      children.MetricAlarms?.map((found) => found.AlarmName),
      ['many-1'],
    );
    const ofMetric = new DescribeAlarmsForMetricCommand({ ...cpu, MetricName: 'none', Namespace: 'Lab', Period: 10 });
    assert.equal((await harness().client.send(ofMetric)).MetricAlarms?.length, 130);
    await harness().remove('many-composite');
    for (let i = 0; i < 130; i += 65) await harness().remove(...Array.from({ length: 65 }, (_, j) => `many-${i + j}`));
  });

  it('sets a state until the next evaluation, and does nothing when it is the same', async () => {
    await harness().putAlarm({ AlarmName: 'set', TreatMissingData: 'notBreaching', MetricName: 'silent' });
    await harness().setState('set', 'ALARM', '{"by":"hand"}');
    await harness().setState('set', 'ALARM');
    assert.equal((await harness().history('set', 'StateUpdate')).length, 1);
    assert.equal((await harness().alarm('set'))?.StateReasonData, '{"by":"hand"}');
    await harness().clock.advance(10_000);
    assert.equal((await harness().alarm('set'))?.StateValue, 'OK');
    await harness().remove('set');
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
    assert.equal((await harness().alarm('quiet'))?.ActionsEnabled, false);
    await harness().setState('quiet', 'ALARM');
    await harness().client.send(new EnableAlarmActionsCommand(names));
    await harness().setState('quiet', 'OK');
    await harness().setState('quiet', 'ALARM');
    await harness().clock.advance(0);
    assert.equal((await harness().history('quiet', 'Action')).length, 1);
    await harness().remove('quiet');
  });

  it('tags alarms', async () => {
    await harness().putAlarm({ AlarmName: 'tagged', Tags: [{ Key: 'team', Value: 'sre' }] });
    const ResourceARN = arn('tagged');
    await harness().client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'tier', Value: '1' }] }));
    await harness().client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['team'] }));
    const list = () => harness().client.send(new ListTagsForResourceCommand({ ResourceARN }));
    assert.deepEqual((await list()).Tags, [{ Key: 'tier', Value: '1' }]);
    await harness().remove('tagged');
    await assert.rejects(list(), { name: 'ResourceNotFoundException' });
  });

  it('keeps the history of an alarm that is gone', async () => {
    assert.equal((await harness().history('tagged'))[0]?.HistorySummary, 'Alarm "tagged" deleted');
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
      assert.rejects(harness().setState('gone', 'OK'), { name: 'ResourceNotFound' }));
    it('reason data that is no JSON', async () => {
      await assert.rejects(harness().setState('gone', 'OK', '{'), { name: 'InvalidFormatFault' });
    });
    it('deleting what is not there', () => assert.rejects(harness().remove('gone'), { name: 'ResourceNotFound' }));
    it('a rule about alarms that are not there', () =>
      assert.rejects(harness().putComposite('bad', 'ALARM(gone)'), { name: 'ValidationException' }));
    it('a page of 101', () =>
      assert.rejects(harness().describeAlarms({ MaxRecords: 101 }), { name: 'ValidationException' }));
    it('relatives with another filter', () =>
      assert.rejects(harness().describeAlarms({ ChildrenOfAlarmName: 'x', StateValue: 'OK' }), {
        name: 'ValidationException',
      }));
    it('members that it does not serve', () =>
      assert.rejects(harness().putAlarm({ AlarmName: 'bad', ThresholdMetricId: 'band' }), /not supported/));
  });
});
