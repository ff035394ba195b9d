import assert from 'node:assert/strict';
import { createAlarmSource } from '../../../../src/clients/aws/alarm-source.ts';
import { AwsSessions } from '../../../../src/clients/aws/sessions.ts';
import { DisposableStore, disposable } from '../../../../src/core/disposable.ts';
import { errorOf, valueOf } from '../../../../src/core/loadable.ts';
import { silentLogger } from '../../../../src/core/log.ts';
import type { AlarmState, AwsScope } from '../../../../src/domain/alarms/model.ts';
import { summarize } from '../../../../src/domain/alarms/summary.ts';
import { awsHome, validKeys } from '../../../support/aws/home.ts';
import { awsError, type Script, startScriptedAws } from '../../../support/aws/scripted-aws.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { until } from '../../../support/fast-clock.ts';

const alarmIn =
  (StateValue: AlarmState): Script =>
  () => ({
    body: {
      MetricAlarms: [
        {
          AlarmName: 'cpu',
          AlarmArn: 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:cpu',
          StateValue,
          StateUpdatedTimestamp: 1_700_000_000,
        },
      ],
    },
  });

const oneAlarm = alarmIn('OK');

describe('alarm source in trouble', () => {
  let owned: DisposableStore;
  beforeEach(() => (owned = new DisposableStore()));
  afterEach(() => owned.dispose());

  async function world(scopes: readonly Partial<AwsScope>[] = []) {
    const clock = new FakeClock();
    const aws = await startScriptedAws();
    owned.add(disposable(() => void aws.close()));
    aws.on('DescribeAlarms', oneAlarm);
    const home = awsHome();
    owned.add(disposable(() => home.remove()));
    home.profile({ cloudwatch: aws.url, sts: aws.url });
    const sessions = owned.add(new AwsSessions({ env: home.env, clock }));
    const source = owned.add(
      createAlarmSource({
        sessions,
        scopes: () => scopes,
        pollSeconds: () => 30,
        env: home.env,
        clock,
        log: silentLogger,
      }),
    );
    const alarms = () => source.scopes[0]?.alarms ?? { state: 'loading' as const };
    const error = () => errorOf(alarms());
    const describes = () => aws.calls.filter((call) => call === 'DescribeAlarms').length;
    return { clock, aws, home, source, alarms, error, describes };
  }

  it('keeps what it knew when credentials expire: stale, and unknown in the summary', async () => {
    const { aws, source, alarms, error } = await world();
    await source.refresh();
    aws.on('DescribeAlarms', awsError('ExpiredTokenException'));
    await source.refresh();
    assert.equal(alarms().state, 'stale');
    assert.equal(valueOf(alarms())?.size, 1);
    assert.equal(error()?.code, 'aws.credentialsExpired');
    assert.deepEqual(error()?.remedies[0], { kind: 'signInAws', profile: 'sre' });
    assert.equal(summarize(source.scopes).worst, 'unknown');
  });

  it('recovers by itself when the credentials on disk change, with the same profile', async () => {
    const { aws, clock, home, source, alarms, error } = await world();
    aws.on('DescribeAlarms', awsError('ExpiredTokenException'));
    source.setVisible(true);
    await until('failed', () => error()?.code === 'aws.credentialsExpired');
    aws.on('DescribeAlarms', oneAlarm);
    const timers = clock.pending;
    home.credentials(validKeys.replace('AKIAEXAMPLE', 'AKIARENEWED'));
    await until('noticed on disk', () => clock.pending > timers);
    await clock.advance(400);
    await until('recovered', () => alarms().state === 'ready');
  });

  it('recovers with the next poll where the disk says nothing', async () => {
    const { aws, clock, source, alarms, error } = await world();
    aws.on('DescribeAlarms', awsError('UnrecognizedClientException'));
    source.setVisible(true);
    await until('failed', () => error()?.code === 'aws.credentialsExpired');
    aws.on('DescribeAlarms', oneAlarm);
    await clock.advance(30_000);
    await until('recovered', () => alarms().state === 'ready');
  });

  it('says that there are no credentials', async () => {
    const { home, source, error } = await world();
    home.credentials('');
    await source.refresh();
    assert.equal(error()?.code, 'aws.credentialsMissing');
    assert.deepEqual(error()?.remedies[0], { kind: 'signInAws', profile: 'sre' });
  });

  it('asks for a sign-in where the profile signs in and there is no token', async () => {
    const { home, source, error } = await world();
    home.credentials('');
    home.config(
      [
        '[profile sre]',
        'region = ap-northeast-2',
        'sso_session = corp',
        'sso_account_id = 123456789012',
        'sso_role_name = sre',
        '[sso-session corp]',
        'sso_region = us-east-1',
        'sso_start_url = https://corp.awsapps.com/start',
      ].join('\n'),
    );
    await source.refresh();
    assert.equal(error()?.code, 'aws.credentialsExpired');
  });

  it('names a profile that does not exist, and takes it when it appears', async () => {
    const { aws, home, source, error, alarms } = await world([{ label: 'a', profile: 'later', region: 'eu-west-1' }]);
    await source.refresh();
    assert.equal(error()?.code, 'aws.profileMissing');
    assert.match(error()?.message ?? '', /later/);
    home.config(`[profile later]\nendpoint_url = ${aws.url}\n`);
    home.credentials(validKeys.replace('sre', 'later'));
    await source.refresh();
    assert.equal(alarms().state, 'ready');
  });

  it('says that no region is set', async () => {
    const { home, source, error } = await world();
    home.config('[profile sre]\n');
    await source.refresh();
    assert.equal(error()?.code, 'aws.regionMissing');
    assert.deepEqual(error()?.remedies[0], { kind: 'openSetting', setting: 'jarvis.aws.scopes' });
  });

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

  it('takes what is confirmed of one alarm while the others stay unknown', async () => {
    const { aws, source, alarms } = await world();
    await source.refresh();
    const throttled = awsError('ThrottlingException');
    aws.on('DescribeAlarms', (input) => (input['AlarmNames'] ? alarmIn('ALARM')(input) : throttled(input)));
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

  it('takes credentials from a credential_process, and asks it again when they have expired', async () => {
    const { aws, home, source, alarms } = await world();
    const script = `process.stdout.write('{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"s"}')`;
    const program = home.file('credentials.mjs', script);
    home.credentials('');
    home.config(
      `[profile sre]\nregion = eu-west-1\nendpoint_url = ${aws.url}\ncredential_process = "${process.execPath}" "${program}"\n`,
    );
    await source.refresh();
    assert.equal(alarms().state, 'ready');
    aws.on('DescribeAlarms', awsError('ExpiredTokenException'));
    await source.refresh();
    aws.on('DescribeAlarms', oneAlarm);
    await source.refresh();
    assert.equal(alarms().state, 'ready');
  });

  it('uses its connections again', async () => {
    const { aws, source, describes } = await world();
    for (let turn = 0; turn < 10; turn++) await source.refresh();
    assert.equal(describes(), 10);
    assert.equal(aws.connections(), 2, 'one for CloudWatch, one for STS');
  });

  it('still knows the account where STS cannot be called', async () => {
    const { aws, source } = await world();
    aws.on('GetCallerIdentity', awsError('AccessDenied', 403));
    await source.refresh();
    assert.deepEqual(source.scopes[0]?.identity, { account: '123456789012', region: 'ap-northeast-2' });
  });
});
