import assert from 'node:assert/strict';
import { JarvisError } from '../../../src/core/errors.ts';
import type { Alarm } from '../../../src/domain/alarms/model.ts';
import type { ScopeAlarms } from '../../../src/domain/alarms/source.ts';
import { summarize } from '../../../src/domain/alarms/summary.ts';
import { notificationOf } from '../../../src/features/alarm-indicator/notice.ts';
import { statusOf } from '../../../src/features/alarm-indicator/status.ts';
import { tooltipOf } from '../../../src/features/alarm-indicator/tooltip.ts';
import { inLabel, inNotice } from '../../../src/ui/plain-text.ts';
import { anAlarm, aScope } from '../../support/builders/alarms.ts';

const expired = new JarvisError({
  code: 'aws.credentialsExpired',
  message: 'The AWS credentials of sre have expired.',
});
const ringing = (name: string, over: Partial<Alarm> = {}) =>
  anAlarm({ name, state: 'ALARM', reasonData: { recentDatapoints: [92, 91], threshold: 60 }, ...over });
const loading: ScopeAlarms = { ...aScope([]), alarms: { state: 'loading' } };
const failed: ScopeAlarms = { ...aScope([]), alarms: { state: 'failed', error: expired } };

describe('the alarm indicator', () => {
  const cases: readonly (readonly [name: string, scopes: ScopeAlarms[], words: string, severity: string])[] = [
    ['counts what is in alarm', [aScope([ringing('a'), ringing('b'), anAlarm()])], '2 in alarm', 'error'],
    ['does not claim to know all', [aScope([ringing('a')]), failed], '1 in alarm, more unknown', 'error'],
    ['never says OK of what it cannot read', [aScope([anAlarm()], expired)], 'Alarms unknown', 'warning'],
    ['says what has no data', [aScope([anAlarm({ state: 'INSUFFICIENT_DATA' })])], '1 without data', 'none'],
    ['says that all is well', [aScope([anAlarm()])], '1 alarms OK', 'none'],
    ['waits', [loading], 'Alarms…', 'none'],
    ['says that there is nothing', [aScope([])], 'No alarms', 'none'],
  ];
  for (const [name, scopes, words, severity] of cases)
    it(name, () => {
      const status = statusOf(summarize(scopes));
      assert.equal(status.text.replace(/^\$\([a-z~-]+\) /, ''), words);
      assert.equal(status.severity, severity);
      assert.ok(status.spoken.includes(words) && !status.spoken.includes('$('));
    });
});

describe('the tooltip of the alarm indicator', () => {
  it('tells account, region, feed, calls and age of every scope', () => {
    const text = tooltipOf([aScope([ringing('a')]), loading], 0);
    assert.match(text, /123456789012/);
    assert.match(text, /asked every 30 s; 2 calls in the last minute/);
    assert.match(text, /1 in alarm, 0 without data, 0 OK/);
    assert.match(text, /not read yet/);
  });

  it('says since when and why nothing is known', () => {
    assert.match(
      tooltipOf([aScope([anAlarm()], expired)], 300_000),
      /unknown for 5 m\\: The AWS credentials of sre have expired/,
    );
  });

  it('says that AWS slows it down', () => {
    const calm = aScope([anAlarm()]);
    assert.match(tooltipOf([{ ...calm, feed: { ...calm.feed, slowed: true } }], 0), /minute; slower because AWS asks/);
    assert.doesNotMatch(tooltipOf([calm], 0), /slower/);
  });

  it('shows hostile names as they are', () => {
    const scope = { ...aScope([]), scope: { label: '<img src=x onerror=alert(1)> [a](command:b) $(rm)' } };
    const text = tooltipOf([scope], 0);
    assert.ok(!text.includes('<img') && !text.includes('](') && !text.includes(' $(rm)'), text);
  });
});

describe('a notice', () => {
  it('of one alarm says why and offers the fitting action', () => {
    const { message, actions, alarm } = notificationOf({ kind: 'alarm', alarms: [ringing('cpu')] });
    assert.equal(message, 'cpu is in alarm: CPU 92 % for 2 of 3 periods, above 60 %');
    assert.deepEqual(actions, ['show', 'chart', 'scale']);
    assert.equal(alarm?.name, 'cpu');
  });

  it('does not offer more replicas where they cannot help', () => {
    const queue = { namespace: 'AWS/SQS', name: 'Depth', dimensions: { QueueName: 'q' }, statistic: 'Maximum' };
    assert.deepEqual(notificationOf({ kind: 'alarm', alarms: [ringing('q', { metric: queue })] }).actions, [
      'show',
      'chart',
    ]);
  });

  it('of many names some', () => {
    const alarms = ['a', 'b', 'c', 'd', 'e'].map((name) => ringing(name));
    const { message, actions } = notificationOf({ kind: 'alarm', alarms });
    assert.equal(message, '5 alarms: a, b, c and 2 more');
    assert.deepEqual(actions, ['show']);
  });

  it('of a recovery is no warning', () => {
    const { message, severity } = notificationOf({ kind: 'recovered', alarms: [anAlarm({ name: 'cpu' })] });
    assert.deepEqual([message, severity], ['cpu is OK again.', 'information']);
  });

  it('makes no links and no icons of names, and shortens them', () => {
    const { message } = notificationOf({ kind: 'alarm', alarms: [ringing('[click](command:evil)\n$(rm)')] });
    assert.ok(!message.includes('](') && !message.includes('\n'));
    assert.ok(!inLabel('a $(rm)').includes('$('));
    assert.equal(inNotice('x'.repeat(253)).length, 120);
    assert.equal(inLabel('front-end'), 'front-end');
  });
});
