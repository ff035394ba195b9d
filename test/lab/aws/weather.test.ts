import assert from 'node:assert/strict';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { createAlarmSource } from '../../../src/clients/aws/alarm-source.ts';
import { AwsSessions } from '../../../src/clients/aws/sessions.ts';
import { DisposableStore, disposable } from '../../../src/core/disposable.ts';
import { errorOf } from '../../../src/core/loadable.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { AwsScope } from '../../../src/domain/alarms/model.ts';
import { summarize } from '../../../src/domain/alarms/summary.ts';
import { startCloudWatch } from '../../../src/practice/aws/cloudwatch/server.ts';
import { awsHome } from '../../support/aws/home.ts';
import { ssoProfile, startSsoPortal } from '../../support/aws/sso-portal.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { FaultProxy } from '../faults/proxy.ts';
import { until } from '../process/until.ts';
import { credentials } from './profile.ts';

/** A person's ten seconds are one here. */
const haste = 10;
const soon = { everyMs: 20, seconds: 30 };
const region = 'ap-northeast-2';
const keys = (profile: string) =>
  `[${profile}]\naws_access_key_id = ${credentials.accessKeyId}\naws_secret_access_key = ${credentials.secretAccessKey}\n`;

describe('AWS in bad weather', function () {
  this.timeout(120_000);
  let world: DisposableStore;
  let window: DisposableStore;
  let home: ReturnType<typeof awsHome>;
  let portal: Awaited<ReturnType<typeof startSsoPortal>>;
  let calm: FaultProxy;
  let stormy: FaultProxy;
  /** The files of a profile `sre` that reads what stands in the storm, with more lines of its own, or without some. */
  let config: (lines: readonly string[]) => string;

  before(async () => {
    world = new DisposableStore();
    const clock = fastClock(haste);
    const server = await startCloudWatch({
      clock,
      accountId: '123456789012',
      region,
      actions: { publish: () => Promise.resolve(), putEvent: () => Promise.resolve() },
    });
    world.add(disposable(() => void server.close()));
    const admin = new CloudWatchClient({ endpoint: server.url, region, credentials });
    world.add(disposable(() => admin.destroy()));
    await admin.send(
      new PutMetricAlarmCommand({
        AlarmName: 'cpu',
        Namespace: 'Test',
        MetricName: 'CPU',
        Statistic: 'Average',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 60,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
    [calm, stormy] = await Promise.all([
      FaultProxy.start({ target: server.url, dialect: 'aws' }),
      FaultProxy.start({ target: server.url, dialect: 'aws' }),
    ]);
    for (const proxy of [calm, stormy]) world.add(disposable(() => void proxy.close()));
    const fine = ['[profile fine]', `region = ${region}`, `endpoint_url = ${calm.url}`];
    config = (lines) => [...fine, '[profile sre]', `endpoint_url = ${stormy.url}`, ...lines, ''].join('\n');
  });
  after(() => world.dispose());

  beforeEach(async () => {
    window = new DisposableStore();
    home = awsHome();
    window.add(disposable(() => home.remove()));
    portal = await startSsoPortal(home.env['HOME'] ?? '');
    window.add(disposable(() => void portal.close()));
    // where the SDK looks for the tokens of a sign-in
    const before = { HOME: process.env['HOME'], AWS_ENDPOINT_URL_SSO: undefined };
    Object.assign(process.env, portal.env);
    window.add(
      disposable(() => {
        process.env['HOME'] = before.HOME;
        delete process.env['AWS_ENDPOINT_URL_SSO'];
      }),
    );
    home.config(config([`region = ${region}`]));
    home.credentials(keys('fine') + keys('sre'));
    stormy.clear();
  });
  afterEach(() => window.dispose());

  /** A window on the scope in the storm and, beside it, one in fair weather. */
  function look(scope: Partial<AwsScope> = { profile: 'sre' }) {
    const clock = fastClock(haste);
    const sessions = window.add(new AwsSessions({ env: home.env, clock }));
    const source = window.add(
      createAlarmSource({
        sessions,
        scopes: () => [{ label: 'storm', ...scope }, { profile: 'fine' }],
        pollSeconds: () => 600, // a minute here: what recovers sooner was noticed
        env: home.env,
        clock,
        log: silentLogger,
      }),
    );
    source.setVisible(true);
    const scopeAt = (index: number) => source.scopes[index] ?? assert.fail('the scope is gone');
    const alarms = (index = 0) => scopeAt(index).alarms;
    const is = (state: string, index = 0) =>
      until(`scope ${index} is ${state}`, () => Promise.resolve(alarms(index).state === state), soon);
    return {
      source,
      is,
      state: () => alarms().state,
      slowed: () => scopeAt(0).feed.slowed ?? false,
      error: () => errorOf(alarms()) ?? assert.fail(`no error while ${alarms().state}`),
      remedies: () => (errorOf(alarms())?.remedies ?? []).map((remedy) => remedy.kind),
    };
  }

  it('expired SSO: says the command that signs in, and is there again after a first sign-in and after a later one', async () => {
    home.config(config([`region = ${region}`, ...ssoProfile]));
    home.credentials(keys('fine'));
    const view = look();
    await Promise.all([view.is('failed'), view.is('ready', 1)]);
    assert.equal(view.error().code, 'aws.credentialsExpired');
    assert.equal(view.error().message, 'The AWS sign-in of sre has ended. Sign in again: aws sso login --profile sre');
    assert.deepEqual(view.error().remedies[0], { kind: 'signInAws', profile: 'sre' });
    portal.signIn();
    await view.is('ready');
    await view.source.refresh();

    portal.end();
    stormy.add({ kind: 'expire' }, { accessKey: 'ASIASSO1' });
    await view.source.refresh();
    assert.equal(view.state(), 'stale', 'what was known stays');
    assert.deepEqual(view.remedies(), ['signInAws', 'retry']);
    portal.signIn();
    await view.is('ready');
  });

  it('throttled: bears it once and asks later, says it the second time, and goes on by itself', async () => {
    const view = look();
    await view.source.refresh();
    stormy.add({ kind: 'respond', status: 429, retryAfterSeconds: 30 }, { times: 2 });
    const askedAt = Date.now();
    await view.source.refresh();
    assert.equal(view.state(), 'ready');
    assert.equal(view.slowed(), true);
    assert.deepEqual(summarize(view.source.scopes).problems, []);
    await view.is('stale');
    assert.ok(Date.now() - askedAt >= (30 * 1000) / haste - 100, 'it was not asked before');
    assert.equal(view.error().message, 'AWS asks sre to call less often.');
    assert.deepEqual(view.remedies(), ['retry']);
    await Promise.all([view.is('ready', 1), view.is('ready')]);
    assert.equal(view.slowed(), false);
  });

  it('no region: says where one can be set, and goes on as soon as one is', async () => {
    home.config(config([]));
    const view = look();
    await Promise.all([view.is('failed'), view.is('ready', 1)]);
    assert.equal(view.error().code, 'aws.regionMissing');
    assert.match(
      view.error().message,
      /for sre: neither in jarvis\.aws\.scopes, nor as AWS_REGION, nor in the profile/,
    );
    assert.deepEqual(view.remedies(), ['openSetting', 'openFile', 'retry']);
    home.config(config([`region = ${region}`]));
    await view.is('ready');
  });

  it('wrong partition: says whose the credentials are, and goes on when others are there', async () => {
    stormy.add({ kind: 'respond', status: 401 }, { accessKey: credentials.accessKeyId });
    const view = look({ profile: 'sre', region: 'cn-north-1' });
    await Promise.all([view.is('failed'), view.is('ready', 1)]);
    assert.equal(view.error().code, 'aws.wrongPartition');
    assert.equal(view.error().message, 'The credentials of sre belong to aws; cn-north-1 is in aws-cn.');
    assert.deepEqual(view.remedies(), ['openSetting', 'openFile', 'retry', 'openSetting']);
    home.credentials(keys('fine') + keys('sre').replace(credentials.accessKeyId, 'AKIACHINA'));
    await view.is('ready');
  });

  it('a profile that does not exist: names it, and goes on when it does', async () => {
    const view = look({ profile: 'nobody' });
    await Promise.all([view.is('failed'), view.is('ready', 1)]);
    assert.equal(view.error().code, 'aws.profileMissing');
    assert.equal(view.error().message, 'The AWS profile nobody is not in the shared config files.');
    assert.deepEqual(view.remedies(), ['openFile', 'openSetting', 'retry']);
    home.config(config([`region = ${region}`]).replace('profile sre', 'profile nobody'));
    home.credentials(keys('fine') + keys('nobody'));
    await view.is('ready');
  });

  it('an endpoint that hangs: says so within ten seconds, delays no other scope, and goes on when it answers', async () => {
    stormy.add({ kind: 'hang' });
    const started = Date.now();
    const view = look();
    await view.is('ready', 1);
    assert.equal(view.state(), 'loading');
    await view.is('failed');
    assert.ok(Date.now() - started >= 1_000, 'it was given its time');
    assert.equal(view.error().code, 'aws.timeout');
    assert.equal(view.error().message, `${stormy.url} has not answered for 10 s.`);
    assert.deepEqual(view.remedies(), ['openSetting', 'retry']);
    stormy.clear();
    await view.is('ready');
  });
});
