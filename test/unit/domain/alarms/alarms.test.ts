import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { parseAlarmArn } from '../../../../src/domain/alarms/arn.ts';
import { alarmInWords } from '../../../../src/domain/alarms/in-words.ts';
import { alarmConsoleUrl, grafanaUrl } from '../../../../src/domain/alarms/links.ts';
import type { Alarm } from '../../../../src/domain/alarms/model.ts';
import { compareAlarms, filterAlarms } from '../../../../src/domain/alarms/order.ts';
import { subjectOf } from '../../../../src/domain/alarms/subject.ts';
import { summarize } from '../../../../src/domain/alarms/summary.ts';
import { aMathAlarm, anAlarm, aScope } from '../../../support/builders/alarms.ts';

const namesOf = (alarms: readonly Alarm[]) => alarms.map(({ name }) => name);

describe('alarms in their order', () => {
  it('are worst first, then latest, then by name', () => {
    const alarms = [
      anAlarm({ name: 'ok' }),
      anAlarm({ name: 'b', state: 'ALARM', since: 5 }),
      anAlarm({ name: 'a', state: 'ALARM', since: 5 }),
      anAlarm({ name: 'new', state: 'ALARM', since: 9 }),
      anAlarm({ name: 'none', state: 'INSUFFICIENT_DATA' }),
    ];
    assert.deepEqual(namesOf(alarms.toSorted(compareAlarms)), ['new', 'a', 'b', 'none', 'ok']);
  });

  it('are filtered by state and by every word, in dimensions too', () => {
    const alarms = [anAlarm({ name: 'cpu', state: 'ALARM' }), anAlarm({ name: 'carts-cpu' })];
    const filtered = (text: string, states: Alarm['state'][] = []) =>
      namesOf(filterAlarms(alarms, { text, states: new Set(states) }));
    assert.deepEqual(filtered(''), ['cpu', 'carts-cpu']);
    assert.deepEqual(filtered('SOCK-shop carts'), ['carts-cpu']);
    assert.deepEqual(filtered('', ['ALARM']), ['cpu']);
    assert.deepEqual(filtered('carts', ['ALARM']), []);
  });
});

describe('an alarm in words', () => {
  const ringing = (over: Partial<Alarm> = {}) =>
    anAlarm({ state: 'ALARM', reasonData: { recentDatapoints: [92.04, 88, 40], threshold: 60 }, ...over });

  const cases: readonly (readonly [name: string, alarm: Alarm, words: string])[] = [
    ['names value, periods and threshold', ringing(), 'CPU 92 % for 2 of 3 periods, above 60 %'],
    ['needs no periods for one', ringing({ evaluationPeriods: 1 }), 'CPU 92 %, above 60 %'],
    [
      'knows below',
      ringing({ comparison: 'LessThanThreshold', threshold: 50, reasonData: { recentDatapoints: [40, 60] } }),
      'CPU 40 % for 1 of 3 periods, below 50 %',
    ],
    [
      'says how it is well',
      ringing({ state: 'OK', reasonData: { recentDatapoints: [34.5] } }),
      'CPU 34.5 %, limit 60 %',
    ],
    [
      'uses the label of math',
      aMathAlarm({ state: 'ALARM', reasonData: { recentDatapoints: [512, 501, 9] }, threshold: 500 }),
      'CPU share 512 for 2 of 3 periods, above 500',
    ],
    ["keeps the server's text without data", anAlarm({ state: 'ALARM', reason: 'because' }), 'because'],
    ["keeps the server's text for bands", ringing({ comparison: 'GreaterThanUpperThreshold' }), 'Threshold Crossed'],
    [
      "keeps the server's text when data and state disagree",
      ringing({ threshold: 60, reasonData: { recentDatapoints: [1] } }),
      'Threshold Crossed',
    ],
  ];
  for (const [name, alarm, words] of cases) it(name, () => assert.equal(alarmInWords(alarm), words));
});

describe('the subject of an alarm', () => {
  const of = (dimensions: Record<string, string>) =>
    subjectOf(anAlarm({ metric: { namespace: 'ContainerInsights', name: 'x', statistic: 'Average', dimensions } }));

  it('is the most exact object that the dimensions name', () => {
    const [clusterName, namespace] = ['prod', 'shop'];
    const base = { ClusterName: clusterName, Namespace: namespace };
    assert.deepEqual(of({ ...base, PodName: 'web' }), { clusterName, namespace, kind: 'Workload', name: 'web' });
    assert.deepEqual(of({ ...base, PodName: 'web', FullPodName: 'web-1' })?.kind, 'Pod');
    assert.deepEqual(of({ ...base, Service: 'web' })?.kind, 'Service');
    assert.deepEqual(of(base), { clusterName, namespace, kind: 'Namespace', name: namespace });
    assert.deepEqual(of({ ClusterName: 'prod', NodeName: 'n1', InstanceId: 'i-1' }), {
      clusterName,
      namespace: '',
      kind: 'Node',
      name: 'n1',
    });
  });

  it('is found through math', () => assert.equal(subjectOf(aMathAlarm())?.name, 'front-end'));
  it('is none outside Kubernetes', () => assert.equal(of({ QueueName: 'orders', Service: 'x' }), undefined));
});

describe('the summary of alarms', () => {
  const expired = new JarvisError({ code: 'aws.credentialsExpired', message: 'expired' });
  const loading = { ...aScope([]), alarms: { state: 'loading' as const } };

  it('never shows what cannot be known as OK', () => {
    const summary = summarize([aScope([anAlarm()], expired), aScope([anAlarm()])]);
    assert.equal(summary.worst, 'unknown');
    assert.deepEqual(summary.problems, [{ scope: 'prod', error: expired }]);
    assert.equal(summarize([{ ...aScope([]), alarms: { state: 'failed', error: expired } }]).worst, 'unknown');
  });

  it('lets a known fire win over what is unknown or loading', () => {
    const summary = summarize([aScope([anAlarm({ state: 'ALARM' })], expired), loading]);
    assert.equal(summary.worst, 'ALARM');
    assert.equal(summary.counts.ALARM, 1);
  });

  it('is loading until all scopes have answered', () => {
    assert.equal(summarize([aScope([anAlarm()]), loading]).worst, 'loading');
  });

  it('says the worst of what is known', () => {
    assert.equal(
      summarize([aScope([anAlarm(), anAlarm({ name: 'x', state: 'INSUFFICIENT_DATA' })])]).worst,
      'INSUFFICIENT_DATA',
    );
    assert.equal(summarize([aScope([anAlarm()])]).worst, 'OK');
    assert.equal(summarize([aScope([])]).worst, 'none');
    assert.equal(summarize([]).worst, 'none');
  });
});

describe('links of an alarm', () => {
  it('lead to the console of the partition', () => {
    const url = (partition: string, name = 'cpu') =>
      alarmConsoleUrl(`arn:${partition}:cloudwatch:cn-north-1:123456789012:alarm:${name}`);
    assert.equal(
      url('aws-cn'),
      'https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#alarmsV2:alarm/cpu',
    );
    assert.match(url('aws', 'a b/c:<d>') ?? '', /alarm\/a%20b%2Fc%3A%3Cd%3E$/);
    assert.equal(url('aws-moon'), undefined);
    assert.equal(alarmConsoleUrl('nonsense'), undefined);
  });

  it('fill the Grafana template, encoded', () => {
    const values = { namespace: 'a&b', pod: 'x y', from: 1, to: 2 };
    assert.equal(
      grafanaUrl('https://g/d/1?var-ns={namespace}&var-pod={pod}&from={from}&to={to}&x={other}', values),
      'https://g/d/1?var-ns=a%26b&var-pod=x%20y&from=1&to=2&x={other}',
    );
    assert.equal(grafanaUrl('', values), undefined);
    assert.equal(grafanaUrl('javascript:alert(1)', values), undefined);
  });
});

describe('an alarm ARN', () => {
  it('may hold colons in its name', () => {
    assert.equal(parseAlarmArn('arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a:b')?.name, 'a:b');
  });
  it('is refused for anything else', () => {
    assert.equal(parseAlarmArn('arn:aws:sns:eu-west-1:123456789012:alarm:a'), undefined);
  });
});
