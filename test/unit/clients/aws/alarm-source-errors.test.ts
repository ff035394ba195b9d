import assert from 'node:assert/strict';
import { DisposableStore, disposable } from '../../../../src/core/disposable.ts';
import { errorOf, valueOf } from '../../../../src/core/loadable.ts';
import type { AwsScope } from '../../../../src/domain/alarms/model.ts';
import { summarize } from '../../../../src/domain/alarms/summary.ts';
import { awsError, startScriptedAws } from '../../../support/aws/scripted-aws.ts';
import { alarmIn, oneAlarm, scriptedSource } from '../../../support/aws/scripted-source.ts';
import { until } from '../../../support/fast-clock.ts';

describe('alarm source in trouble', () => {
  let owned: DisposableStore;
  beforeEach(() => (owned = new DisposableStore()));
  afterEach(() => owned.dispose());
  const world = (scopes?: readonly Partial<AwsScope>[]) => scriptedSource(owned, scopes);

  it('says what may not be called', async () => {
    const { aws, source, error } = await world();
    aws.on('DescribeAlarms', awsError('AccessDeniedException', 403));
    await source.refresh();
    assert.equal(error()?.code, 'aws.accessDenied');
    assert.match(error()?.message ?? '', /cloudwatch:DescribeAlarms/);
  });

  it('calls less often when throttled', async () => {
    const { aws, clock, source, error, describes } = await world();
    aws.on('DescribeAlarms', awsError('ThrottlingException'));
    source.setVisible(true);
    await until('throttled', () => error()?.code === 'aws.throttled');
    const before = describes();
    await clock.advance(30_000);
    assert.equal(describes(), before, 'the usual pace is left');
  });

  it('bears to be throttled once: what it knows stands, and the feed says that it asks less often', async () => {
    const { aws, clock, source, alarms, error, describes } = await world();
    source.setVisible(true);
    const slowed = () => source.scopes[0]?.feed.slowed ?? false;
    await source.refresh();
    aws.on('DescribeAlarms', awsError('ThrottlingException'));
    await source.refresh();
    assert.equal(alarms().state, 'ready');
    assert.equal(slowed(), true);
    assert.equal(summarize(source.scopes).worst, 'OK');
    const before = describes();
    await clock.advance(30_000);
    assert.equal(describes(), before, 'the usual pace is left');
    await source.refresh();
    assert.equal(error()?.code, 'aws.throttled', 'twice in a row is a trouble');
    assert.equal(alarms().state, 'stale');
    aws.on('DescribeAlarms', oneAlarm);
    await source.refresh();
    assert.equal(alarms().state, 'ready');
    assert.equal(slowed(), false);
  });

  it('says within ten seconds that an endpoint hangs, and reads the other scopes meanwhile', async () => {
    const hanging = await startScriptedAws();
    owned.add(disposable(() => void hanging.close()));
    hanging.on('DescribeAlarms', () => new Promise(() => undefined));
    const { clock, source } = await world([{ label: 'hangs', endpointUrl: hanging.url }, { label: 'answers' }]);
    const state = (index: 0 | 1) => {
      const scope = source.scopes[index];
      assert.ok(scope);
      return scope.alarms;
    };
    source.setVisible(true);
    await until('the other is read', () => state(1).state === 'ready');
    await until('asked', () => hanging.calls.length > 0);
    assert.equal(state(0).state, 'loading');
    await clock.advance(10_000);
    await until('said', () => state(0).state === 'failed');
    const error = errorOf(state(0));
    assert.ok(error?.code === 'aws.timeout');
    assert.match(error.message, /^http:\/\/127\.0\.0\.1:\d+ has not answered for 10 s\.$/);
    hanging.on('DescribeAlarms', oneAlarm);
    await clock.advance(30_000);
    await until('recovered', () => state(0).state === 'ready');
  });

  it('takes what is confirmed of one alarm while the others stay unknown', async () => {
    const { aws, source, alarms } = await world();
    await source.refresh();
    const denied = awsError('AccessDeniedException');
    aws.on('DescribeAlarms', (input) => (input['AlarmNames'] ? alarmIn('ALARM')(input) : denied(input)));
    await source.refresh();
    const ref = { arn: 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:cpu', scope: 'sre' };
    await source.describe(ref);
    assert.equal(alarms().state, 'stale');
    assert.equal(valueOf(alarms())?.get(ref.arn)?.state, 'ALARM');
  });

  it('tells an endpoint that does not answer from one that is not AWS', async () => {
    const { aws, source, error } = await world();
    aws.on('DescribeAlarms', () => ({ hangUp: true }));
    await source.refresh();
    assert.equal(error()?.code, 'aws.endpoint');
    assert.match(error()?.message ?? '', /does not answer/);
    aws.on('DescribeAlarms', () => ({ headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }));
    await source.refresh();
    assert.equal(error()?.code, 'aws.endpoint');
    assert.match(error()?.message ?? '', /is not AWS/);
  });

  it('uses the endpoint of the scope above all others', async () => {
    const { aws, home, source, alarms } = await world([
      { label: 'emulator', endpointUrl: 'http://127.0.0.1:1', profile: 'sre' },
    ]);
    home.profile({ cloudwatch: aws.url });
    await source.refresh();
    assert.equal(errorOf(alarms())?.code, 'aws.endpoint');
  });

  it('uses its connections again', async () => {
    const { aws, source, describes } = await world();
    for (let turn = 0; turn < 10; turn++) await source.refresh();
    assert.equal(describes(), 10);
    assert.equal(aws.connections(), 2, 'one for CloudWatch, one for STS');
  });
});
