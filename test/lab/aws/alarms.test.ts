import assert from 'node:assert/strict';
import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createAlarmSource } from '../../../src/clients/aws/alarm-source.ts';
import { AwsSessions } from '../../../src/clients/aws/sessions.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { DisposableStore } from '../../../src/core/disposable.ts';
import { errorOf, valueOf } from '../../../src/core/loadable.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { AlarmState } from '../../../src/domain/alarms/model.ts';
import type { AlarmSource } from '../../../src/domain/alarms/source.ts';
import { ensureTools } from '../build.ts';
import { Supervisor } from '../process/supervisor.ts';
import { until } from '../process/until.ts';
import { type LabAws, startAws } from './aws.ts';
import { accountId, region } from './ministack.ts';
import { credentials } from './profile.ts';
import { putSilentAlarm } from './silent-alarm.ts';

const alarm = 'set-by-the-test';
const arn = `arn:aws:cloudwatch:${region}:${accountId}:alarm:${alarm}`;
const soon = { everyMs: 20, seconds: 20 };

describe('alarms through CloudWatch, SNS, EventBridge and SQS', function () {
  this.timeout('20m');
  let supervisor: Supervisor;
  let aws: LabAws;
  let sqs: SQSClient;
  let windows: DisposableStore;

  before(async () => {
    const { ministack } = await ensureTools(() => undefined);
    supervisor = await Supervisor.start(() => undefined);
    aws = await startAws(ministack, supervisor);
    sqs = new SQSClient({ region, credentials, endpoint: aws.description.endpoints.sqs });
    await aws.cloudwatch.send(putSilentAlarm(alarm));
  });
  after(async () => {
    sqs.destroy();
    await aws.close();
    await supervisor.close();
  });
  beforeEach(() => (windows = new DisposableStore()));
  afterEach(() => {
    windows.dispose();
    for (const proxy of Object.values(aws.proxies)) proxy.clear();
  });

  /** What one VS Code window has. */
  function openWindow({ queue = true, pollSeconds = 60, queueUrl = aws.description.queueUrl } = {}): AlarmSource {
    const { configFile, credentialsFile, profile } = aws.description;
    const env = { AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile, AWS_PROFILE: profile };
    const sessions = windows.add(new AwsSessions({ env, clock: systemClock }));
    const source = windows.add(
      createAlarmSource({
        sessions,
        scopes: () => [{ label: 'lab', ...(queue ? { queueUrl } : {}) }],
        pollSeconds: () => pollSeconds,
        env,
        clock: systemClock,
        log: silentLogger,
      }),
    );
    source.setVisible(true);
    return source;
  }
  const scopeOf = (source: AlarmSource) => {
    const [scope] = source.scopes;
    assert(scope);
    return scope;
  };
  const stateIn = (source: AlarmSource) => valueOf(scopeOf(source).alarms)?.get(arn)?.state;
  const loaded = (source: AlarmSource, mode: 'push' | 'poll') =>
    until(
      'the alarms are read',
      () => Promise.resolve(stateIn(source) !== undefined && scopeOf(source).feed.mode === mode),
      soon,
    );
  const becomes = (source: AlarmSource, state: AlarmState) =>
    until(`it is ${state}`, () => Promise.resolve(stateIn(source) === state), soon);
  const set = (StateValue: AlarmState) =>
    aws.cloudwatch.send(new SetAlarmStateCommand({ AlarmName: alarm, StateValue, StateReason: 'a test says so' }));
  const other: Readonly<Record<string, AlarmState>> = { ALARM: 'OK', OK: 'ALARM', INSUFFICIENT_DATA: 'ALARM' };
  const change = async (source: AlarmSource) => {
    const next = other[stateIn(source) ?? 'OK'] ?? 'ALARM';
    await set(next);
    return next;
  };

  it('shows a change within two seconds, and takes the notices out of the queue', async () => {
    const source = openWindow();
    await loaded(source, 'push');
    const started = Date.now();
    await becomes(source, await change(source));
    const took = Date.now() - started;
    assert(took <= 2_000, `${took} ms`);
    const QueueUrl = aws.description.queueUrl;
    await until('the queue is empty', async () => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return Object.values(Attributes ?? {}).every((count) => count === '0');
    });
  });

  it('leaves no window on the same queue stale for longer than the poll interval', async () => {
    const both = [openWindow({ pollSeconds: 5 }), openWindow({ pollSeconds: 5 })];
    await Promise.all(both.map((source) => loaded(source, 'push')));
    const [first] = both;
    assert(first);
    for (let turn = 0; turn < 3; turn++) {
      const next = await change(first);
      const started = Date.now();
      await Promise.all(both.map((source) => becomes(source, next)));
      assert(Date.now() - started <= 8_000, `${Date.now() - started} ms`);
    }
  });

  it('goes on by polling while the queue is away, and comes back to it', async () => {
    aws.proxies.sqs.add({ kind: 'reset' });
    const source = openWindow({ pollSeconds: 5 });
    await loaded(source, 'poll');
    await until('it says why', () => Promise.resolve(scopeOf(source).feed.problem !== undefined), soon);
    await becomes(source, await change(source));
    aws.proxies.sqs.clear();
    await loaded(source, 'push');
    assert.equal(scopeOf(source).feed.problem, undefined);
  });

  it('does not destroy what others sent to the queue', async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'shared' }));
    const QueueUrl = `${aws.proxies.sqs.url}/${accountId}/shared`;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"order": 7}' }));
    const source = openWindow({ queueUrl: QueueUrl });
    await until('it is seen', () => Promise.resolve(scopeOf(source).feed.problem !== undefined), soon);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] }),
    );
    assert.equal(Attributes?.ApproximateNumberOfMessagesNotVisible, '1');
  });

  it('is unknown while credentials are expired, and recovers by itself', async () => {
    const source = openWindow({ queue: false, pollSeconds: 5 });
    await loaded(source, 'poll');
    aws.proxies.cloudwatch.add({ kind: 'expire' });
    await until('it is stale', () => Promise.resolve(scopeOf(source).alarms.state === 'stale'), soon);
    assert.equal(errorOf(scopeOf(source).alarms)?.code, 'aws.credentialsExpired');
    aws.proxies.cloudwatch.clear();
    await until('it is fresh', () => Promise.resolve(scopeOf(source).alarms.state === 'ready'), soon);
  });
});
