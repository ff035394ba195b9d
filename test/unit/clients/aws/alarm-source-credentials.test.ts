import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { DisposableStore } from '../../../../src/core/disposable.ts';
import type { JarvisError } from '../../../../src/core/errors.ts';
import { valueOf } from '../../../../src/core/loadable.ts';
import type { AwsScope } from '../../../../src/domain/alarms/model.ts';
import { summarize } from '../../../../src/domain/alarms/summary.ts';
import { validKeys } from '../../../support/aws/home.ts';
import { awsError } from '../../../support/aws/scripted-aws.ts';
import { oneAlarm, scriptedSource } from '../../../support/aws/scripted-source.ts';
import { ssoProfile } from '../../../support/aws/sso-portal.ts';
import { until } from '../../../support/fast-clock.ts';

function openedFile(error: JarvisError | undefined): string {
  const [first] = error?.remedies ?? [];
  return first?.kind === 'openFile' ? first.path : '';
}

describe('alarm source without valid credentials', () => {
  let owned: DisposableStore;
  beforeEach(() => (owned = new DisposableStore()));
  afterEach(() => owned.dispose());
  const world = (scopes?: readonly Partial<AwsScope>[]) => scriptedSource(owned, scopes);

  it('keeps what it knew when credentials expire: stale, and unknown in the summary', async () => {
    const { aws, source, alarms, error } = await world();
    await source.refresh();
    aws.on('DescribeAlarms', awsError('ExpiredTokenException'));
    await source.refresh();
    assert.equal(alarms().state, 'stale');
    assert.equal(valueOf(alarms())?.size, 1);
    assert.equal(error()?.code, 'aws.credentialsExpired');
    assert.match(openedFile(error()), /credentials$/, 'whoever wrote the keys must write new ones');
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
    assert.match(openedFile(error()), /credentials$/);
  });

  it('asks for a sign-in where the profile signs in and there is no token', async () => {
    const { home, source, error } = await world();
    home.credentials('');
    home.config(['[profile sre]', 'region = ap-northeast-2', ...ssoProfile].join('\n'));
    await source.refresh();
    assert.equal(error()?.code, 'aws.credentialsExpired');
    assert.match(error()?.message ?? '', /has ended\. Sign in again: aws sso login --profile sre$/);
    assert.deepEqual(error()?.remedies[0], { kind: 'signInAws', profile: 'sre' });
  });

  it('signs in the profile that a role is assumed from, with the verb that it asks for', async () => {
    const { home, source, error } = await world();
    home.credentials('');
    home.config(
      [
        '[profile sre]',
        'region = ap-northeast-2',
        'role_arn = arn:aws:iam::123456789012:role/sre',
        'source_profile = person',
        '[profile person]',
        'login_session = arn:aws:iam::123456789012:user/person',
      ].join('\n'),
    );
    await source.refresh();
    assert.match(error()?.message ?? '', /aws login --profile person$/);
    assert.deepEqual(error()?.remedies[0], { kind: 'signInAws', verb: 'login', profile: 'person' });
  });

  it('says that the keys are those of another partition, and asks again when the files change', async () => {
    const { aws, clock, home, source, error, alarms } = await world([{ label: 'china', region: 'cn-north-1' }]);
    aws.on('DescribeAlarms', awsError('UnrecognizedClientException'));
    source.setVisible(true);
    await until('refused', () => error()?.code === 'aws.wrongPartition');
    assert.equal(error()?.message, 'The credentials of sre belong to aws; cn-north-1 is in aws-cn.');
    assert.deepEqual(error()?.remedies[0], { kind: 'openSetting', setting: 'jarvis.aws.scopes' });
    aws.on('DescribeAlarms', oneAlarm);
    const timers = clock.pending;
    home.credentials(validKeys.replace('AKIAEXAMPLE', 'AKIACHINA'));
    await until('noticed on disk', () => clock.pending > timers);
    await clock.advance(400);
    await until('recovered', () => alarms().state === 'ready');
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
    assert.match(error()?.message ?? '', /jarvis\.aws\.scopes.*AWS_REGION.*profile/);
    assert.deepEqual(error()?.remedies[0], { kind: 'openSetting', setting: 'jarvis.aws.scopes' });
  });

  it('tells credentials that do not come from an endpoint that hangs, and starts their program once', async () => {
    const { clock, home, source, error, alarms, aws } = await world();
    const starts = home.file('starts', '');
    const gate = home.file('gate', 'closed');
    const script = `
      import { appendFileSync, existsSync } from 'node:fs';
      appendFileSync(${JSON.stringify(starts)}, '.');
      const answer = () => existsSync(${JSON.stringify(gate)}) ? setTimeout(answer, 10)
        : process.stdout.write('{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"s"}');
      answer();`;
    const program = home.file('credentials.mjs', script);
    home.credentials('');
    home.config(
      `[profile sre]\nregion = eu-west-1\nendpoint_url = ${aws.url}\ncredential_process = "${process.execPath}" "${program}"\n`,
    );
    source.setVisible(true);
    await until('its program runs', () => readFileSync(starts, 'utf8') === '.');
    await clock.advance(10_000);
    await until('said', () => error()?.code === 'aws.credentialsTimeout');
    assert.equal(error()?.message, 'The AWS credentials of sre have not come for 10 s.');
    await clock.advance(60_000);
    assert.equal(readFileSync(starts, 'utf8'), '.', 'started once, however often it is asked');
    rmSync(gate);
    await until('it has ended', async () => {
      await clock.advance(30_000);
      return alarms().state === 'ready';
    });
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

  it('still knows the account where STS cannot be called', async () => {
    const { aws, source } = await world();
    aws.on('GetCallerIdentity', awsError('AccessDenied', 403));
    await source.refresh();
    assert.deepEqual(source.scopes[0]?.identity, { account: '123456789012', region: 'ap-northeast-2' });
  });
});
