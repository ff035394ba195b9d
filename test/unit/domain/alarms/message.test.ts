import assert from 'node:assert/strict';
import { parseAlarmMessage } from '../../../../src/domain/alarms/message.ts';

const arn = 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:cpu';
const sns = {
  AlarmName: 'cpu',
  AlarmArn: arn,
  NewStateValue: 'ALARM',
  StateChangeTime: '2026-11-21T09:00:00.000+0000',
};
const event = {
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  resources: [arn],
  time: '2026-11-21T09:00:00Z',
  detail: { alarmName: 'cpu', state: { value: 'ALARM', timestamp: '2026-11-21T09:00:00.000+0000' } },
};
const wrapped = (inner: unknown) => ({ Type: 'Notification', MessageId: 'm', Message: JSON.stringify(inner) });

describe('an alarm message', () => {
  const expected = {
    arn,
    name: 'cpu',
    account: '123456789012',
    region: 'ap-northeast-2',
    state: 'ALARM',
    at: Date.parse('2026-11-21T09:00:00Z'),
  };
  for (const [name, message] of [
    ['an SNS notice, raw', sns],
    ['an SNS notice in its envelope', wrapped(sns)],
    ['an EventBridge event', event],
    ['an EventBridge event through SNS', wrapped(event)],
  ] as const)
    it(`is read from ${name}`, () => assert.deepEqual(parseAlarmMessage(JSON.stringify(message)), expected));

  for (const [name, message] of [
    ['another event', { ...event, 'detail-type': 'EC2 Instance State-change Notification' }],
    ['another source', { ...event, source: 'com.evil' }],
    ['an unknown state', { ...sns, NewStateValue: 'FIRE' }],
    ['an ARN of something else', { ...sns, AlarmArn: 'arn:aws:sns:eu-west-1:123456789012:topic' }],
    ['a subscription confirmation', { ...wrapped(sns), Type: 'SubscriptionConfirmation' }],
    ['a list', [sns]],
    ['null', null],
  ] as const)
    it(`is not ${name}`, () => assert.equal(parseAlarmMessage(JSON.stringify(message)), undefined));

  it('is nothing in a text that is no JSON', () => assert.equal(parseAlarmMessage('{"AlarmArn"'), undefined));

  it('without a readable time has none', () => {
    for (const StateChangeTime of ['soon', 'soon 12', '1', '2026-13-21T09:00:00Z', 1]) {
      const notice = parseAlarmMessage(JSON.stringify({ ...sns, StateChangeTime }));
      assert.ok(notice && !('at' in notice), String(StateChangeTime));
    }
  });
});
