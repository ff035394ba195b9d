import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseAlarmArn } from '../../src/domain/alarms/arn.ts';
import { isAlarmState, parseAlarmMessage } from '../../src/domain/alarms/message.ts';
import { damaged, damagedJson, mostly, text } from './generators.ts';
import { always } from './support.ts';

const arn = fc
  .tuple(
    fc.constantFrom('aws', 'aws-cn', 'aws-us-gov'),
    fc.constantFrom('ap-northeast-2', 'us-east-1'),
    mostly(fc.string(), text),
  )
  .map(([partition, region, name]) => `arn:${partition}:cloudwatch:${region}:123456789012:alarm:a${name}`);
const state = fc.constantFrom('ALARM', 'OK', 'INSUFFICIENT_DATA');
const at = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const sns = fc
  .record({ AlarmArn: arn, NewStateValue: state, at, OldStateValue: state, Trigger: fc.constant({ Period: 60 }) })
  .map(({ at: time, ...rest }) => ({ ...rest, StateChangeTime: time.replace('Z', '+0000') }));
const event = fc.record({ arn, state, at }).map(({ arn: its, state: value, at: timestamp }) => ({
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  resources: [its],
  time: timestamp,
  detail: { alarmName: 'x', state: { value, timestamp } },
}));
const enveloped = (body: fc.Arbitrary<unknown>) =>
  body.map((Message) => ({
    Type: 'Notification',
    MessageId: 'm',
    Message: typeof Message === 'string' ? Message : JSON.stringify(Message),
  }));
const raw = damagedJson(fc.oneof(sns, event));
const message = fc.oneof(raw, damagedJson(enveloped(damaged(raw.map((json) => JSON.stringify(json))))));

describe('any message of a queue', () => {
  always('is a notice of an alarm, or none', damaged(message.map((json) => JSON.stringify(json))), (body) => {
    const notice = parseAlarmMessage(body);
    if (!notice) return;
    const { arn: its, name, account, region } = notice;
    assert.ok(isAlarmState(notice.state));
    assert.deepEqual({ name, account, region, ...parseAlarmArn(its) }, { ...parseAlarmArn(its) });
    if ('at' in notice) assert.ok(new Date(notice.at).getTime() === notice.at);
  });

  for (const [name, form] of [
    ['raw', (body: unknown) => body],
    ['in the envelope of SNS', (body: unknown) => ({ Type: 'Notification', Message: JSON.stringify(body) })],
  ] as const)
    always(`is understood ${name}`, fc.oneof(sns, event), (body) => {
      const notice = parseAlarmMessage(JSON.stringify(form(body)));
      const [expected, time] =
        'source' in body ? [body.resources[0], body.time] : [body.AlarmArn, body.StateChangeTime];
      assert.equal(notice?.arn, expected);
      assert.equal(notice?.at, Date.parse(time));
    });
});
