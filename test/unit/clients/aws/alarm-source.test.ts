import assert from 'node:assert/strict';
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { createAlarmSource } from '../../../../src/clients/aws/alarm-source.ts';
import { AwsSessions } from '../../../../src/clients/aws/sessions.ts';
import { DisposableStore, disposable } from '../../../../src/core/disposable.ts';
import { Emitter } from '../../../../src/core/event.ts';
import { valueOf } from '../../../../src/core/loadable.ts';
import { silentLogger } from '../../../../src/core/log.ts';
import type { Alarm, AwsScope } from '../../../../src/domain/alarms/model.ts';
import type { AlarmChange, AlarmSource } from '../../../../src/domain/alarms/source.ts';
import { startCloudWatch } from '../../../../src/practice/aws/cloudwatch/server.ts';
import { awsHome } from '../../../support/aws/home.ts';
import { awsError, scriptQueue, startScriptedAws } from '../../../support/aws/scripted-aws.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { until } from '../../../support/fast-clock.ts';

const arnOf = (name: string) => `arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:${name}`;

describe('alarm source', () => {
  let owned: DisposableStore;
  beforeEach(() => (owned = new DisposableStore()));
  afterEach(() => owned.dispose());

  /** A source on a real CloudWatch server of ours, with STS and SQS scripted. */
  async function world(scopes: readonly Partial<AwsScope>[] = []) {
    const clock = new FakeClock();
    const cloudWatchCalls: string[] = [];
    const cloudWatch = await startCloudWatch({
      clock,
      accountId: '123456789012',
      region: 'ap-northeast-2',
      actions: { publish: () => Promise.resolve(), putEvent: () => Promise.resolve() },
      observe: ({ operation }) => cloudWatchCalls.push(operation),
    });
    owned.add(disposable(() => void cloudWatch.close()));
    const aws = await startScriptedAws();
    owned.add(disposable(() => void aws.close()));
    const home = awsHome();
    owned.add(disposable(() => home.remove()));
    home.profile({ cloudwatch: cloudWatch.url, sts: aws.url, sqs: aws.url });
    const settings = { scopes };
    const scopesChanged = owned.add(new Emitter<undefined>());
    const sessions = owned.add(new AwsSessions({ env: home.env, clock }));
    const source = owned.add(
      createAlarmSource({
        sessions,
        scopes: () => settings.scopes,
        onScopesChanged: scopesChanged.event,
        pollSeconds: () => 30,
        env: home.env,
        clock,
        log: silentLogger,
      }),
    );
    const transitions: AlarmChange[] = [];
    source.onDidTransition((changes) => transitions.push(...changes));
    const admin = new CloudWatchClient({
      endpoint: cloudWatch.url,
      region: 'ap-northeast-2',
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    });
    owned.add(disposable(() => admin.destroy()));
    const describes = () => cloudWatchCalls.filter((call) => call === 'DescribeAlarms').length;
    return { clock, aws, home, settings, scopesChanged, source, transitions, admin, describes };
  }
  type World = Awaited<ReturnType<typeof world>>;

  const putAlarm = ({ admin }: World, AlarmName: string) =>
    admin.send(
      new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'ContainerInsights',
        MetricName: 'pod_cpu_utilization',
        Dimensions: [{ Name: 'ClusterName', Value: 'prod' }],
        Statistic: 'Average',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 60,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
  const setState = ({ admin }: World, AlarmName: string, StateValue: Alarm['state']) =>
    admin.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a test says so' }));
  const alarmsOf = (source: AlarmSource, index = 0) => {
    const scope = source.scopes[index];
    return scope ? valueOf(scope.alarms) : undefined;
  };
  const stateOf = (source: AlarmSource, name: string) => alarmsOf(source)?.get(arnOf(name))?.state;
  const feedOf = ({ source }: World) => source.scopes[0]?.feed;
  async function shown(w: World): Promise<void> {
    w.source.setVisible(true);
    await until('loaded', () => alarmsOf(w.source) !== undefined && w.source.scopes[0]?.identity !== undefined);
  }

  it('asks nothing before somebody looks', async () => {
    const w = await world();
    w.source.setVisible(false);
    await w.clock.advance(600_000);
    assert.equal(w.describes(), 0);
    assert.equal(w.source.scopes[0]?.alarms.state, 'loading');
  });

  it('loads both kinds of alarms through all pages, and says whose they are', async () => {
    const w = await world();
    await Promise.all(Array.from({ length: 120 }, (_, index) => putAlarm(w, `a${index}`)));
    await w.admin.send(new PutCompositeAlarmCommand({ AlarmName: 'all', AlarmRule: 'ALARM("a1") OR ALARM("a2")' }));
    await shown(w);
    const alarms = alarmsOf(w.source) ?? new Map<string, Alarm>();
    assert.equal(alarms.size, 121);
    assert.equal(alarms.get(arnOf('all'))?.rule, 'ALARM("a1") OR ALARM("a2")');
    const metric = alarms.get(arnOf('a7'));
    assert.deepEqual(metric?.metric?.dimensions, { ClusterName: 'prod' });
    assert.equal(metric.threshold, 60);
    assert.deepEqual(w.source.scopes[0]?.identity, { account: '123456789012', region: 'ap-northeast-2' });
    assert.deepEqual(w.transitions, [], 'the first load is no change');
  });

  it('polls while visible, faster after a change, and tells transitions', async () => {
    const w = await world();
    await putAlarm(w, 'cpu');
    await shown(w);
    assert.equal(feedOf(w)?.pollSeconds, 30);
    await setState(w, 'cpu', 'ALARM');
    await w.clock.advance(30_000);
    await until('seen', () => stateOf(w.source, 'cpu') === 'ALARM');
    assert.deepEqual(
      w.transitions.map(({ alarm, from }) => [alarm.name, from, alarm.state]),
      [['cpu', 'INSUFFICIENT_DATA', 'ALARM']],
    );
    assert.equal(feedOf(w)?.pollSeconds, 10);
  });

  it('asks nothing while hidden, and at once when it is shown again', async () => {
    const w = await world();
    await putAlarm(w, 'cpu');
    await shown(w);
    w.source.setVisible(false);
    assert.equal(feedOf(w)?.mode, 'paused');
    const before = [w.describes(), w.aws.calls.length];
    await w.clock.advance(3_600_000);
    assert.deepEqual([w.describes(), w.aws.calls.length], before);
    await setState(w, 'cpu', 'ALARM');
    w.source.setVisible(true);
    await until('seen', () => stateOf(w.source, 'cpu') === 'ALARM');
  });

  it('counts its requests, and forgets them after a minute', async () => {
    const w = await world();
    await shown(w);
    await w.source.refresh();
    assert.equal(feedOf(w)?.callsPerMinute, 3, 'two loads and one GetCallerIdentity');
    w.source.setVisible(false);
    await w.clock.advance(61_000);
    assert.equal(feedOf(w)?.callsPerMinute, 0);
  });

  it('hears from the queue while hidden, confirms with the server and takes the message out', async () => {
    const w = await world();
    const queue = scriptQueue(w.aws);
    w.settings.scopes = [{ label: 'prod', queueUrl: queue.url }];
    w.scopesChanged.fire(undefined);
    await putAlarm(w, 'cpu');
    await shown(w);
    await until('push', () => feedOf(w)?.mode === 'push');
    w.source.setVisible(false);
    await setState(w, 'cpu', 'ALARM');
    const handle = queue.send(JSON.stringify({ AlarmArn: arnOf('cpu'), NewStateValue: 'OK' }));
    await until('confirmed', () => stateOf(w.source, 'cpu') === 'ALARM');
    await until('deleted', () => queue.deleted.includes(handle));
  });

  it('sends nothing but the long poll while hidden', async () => {
    const w = await world();
    const queue = scriptQueue(w.aws);
    w.settings.scopes = [{ label: 'prod', queueUrl: queue.url }];
    w.scopesChanged.fire(undefined);
    await shown(w);
    await until('push', () => feedOf(w)?.mode === 'push');
    w.source.setVisible(false);
    const before = w.describes();
    const seen = w.aws.calls.length;
    await w.clock.advance(3_600_000);
    await until('long polls go on', () => w.aws.calls.length > seen + 2);
    assert.deepEqual(new Set(w.aws.calls.slice(seen)), new Set(['ReceiveMessage']));
    assert.equal(w.describes(), before);
  });

  it('leaves messages that are no alarm notices in the queue, and says so', async () => {
    const w = await world();
    const queue = scriptQueue(w.aws);
    w.settings.scopes = [{ label: 'prod', queueUrl: queue.url }];
    w.scopesChanged.fire(undefined);
    await shown(w);
    queue.send('{"order": 7}');
    await until('said', () => feedOf(w)?.problem?.includes('no alarm notices') === true);
    assert.deepEqual(queue.deleted, []);
  });

  it('asks the scope that the news is about, whichever queue it came from', async () => {
    const w = await world();
    const queue = scriptQueue(w.aws);
    const virginia = await startScriptedAws();
    owned.add(disposable(() => void virginia.close()));
    const AlarmArn = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:far';
    let StateValue = 'OK';
    virginia.on('DescribeAlarms', () => ({
      body: { MetricAlarms: [{ AlarmName: 'far', AlarmArn, StateValue, StateUpdatedTimestamp: 1_700_000_000 }] },
    }));
    w.settings.scopes = [
      { label: 'seoul', queueUrl: queue.url },
      { label: 'virginia', region: 'us-east-1', endpointUrl: virginia.url },
    ];
    w.scopesChanged.fire(undefined);
    await shown(w);
    await until('both are known', () => w.source.scopes[1]?.identity !== undefined);
    const asked = w.describes();
    StateValue = 'ALARM';
    queue.send(JSON.stringify({ AlarmArn, NewStateValue: 'ALARM' }));
    await until('confirmed', () => alarmsOf(w.source, 1)?.get(AlarmArn)?.state === 'ALARM');
    assert.equal(w.describes(), asked, 'Seoul was not asked');
  });

  it('goes on polling when the queue cannot be read', async () => {
    const w = await world();
    w.aws.on('ReceiveMessage', awsError('QueueDoesNotExist'));
    w.settings.scopes = [{ label: 'prod', queueUrl: `${w.aws.url}/123456789012/gone` }];
    w.scopesChanged.fire(undefined);
    await putAlarm(w, 'cpu');
    await shown(w);
    await until('problem', () => feedOf(w)?.problem !== undefined);
    assert.equal(feedOf(w)?.mode, 'poll');
    await setState(w, 'cpu', 'ALARM');
    await w.clock.advance(30_000);
    await until('polled', () => stateOf(w.source, 'cpu') === 'ALARM');
  });

  it('describes one alarm now, and knows when it is gone', async () => {
    const w = await world();
    await putAlarm(w, 'cpu');
    await shown(w);
    const ref = { arn: arnOf('cpu'), scope: 'sre' };
    assert.equal((await w.source.describe(ref))?.name, 'cpu');
    await w.admin.send(new DeleteAlarmsCommand({ AlarmNames: ['cpu'] }));
    assert.equal(await w.source.describe(ref), undefined);
    assert.equal(alarmsOf(w.source)?.size, 0);
  });

  it('reads the history, newest first', async () => {
    const w = await world();
    await putAlarm(w, 'cpu');
    await w.clock.advance(1_000);
    await setState(w, 'cpu', 'ALARM');
    const history = await w.source.history({ arn: arnOf('cpu'), scope: 'sre' });
    assert.deepEqual(
      history.map(({ type, from, to }) => [type, from, to]),
      [
        ['StateUpdate', 'INSUFFICIENT_DATA', 'ALARM'],
        ['ConfigurationUpdate', undefined, undefined],
      ],
    );
  });

  it('follows the setting: a scope that goes is let go, one that stays is kept', async () => {
    const w = await world([{ label: 'a' }, { label: 'b', region: 'us-east-1' }]);
    await shown(w);
    const [kept] = w.source.scopes;
    w.settings.scopes = [{ label: 'a' }, { label: 'c' }];
    w.scopesChanged.fire(undefined);
    assert.deepEqual(
      w.source.scopes.map(({ scope }) => scope.label),
      ['a', 'c'],
    );
    assert.equal(alarmsOf(w.source), kept && valueOf(kept.alarms));
  });
});
