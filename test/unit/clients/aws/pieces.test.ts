import assert from 'node:assert/strict';
import { CallMeter } from '../../../../src/clients/aws/call-meter.ts';
import { type CallContext, toAwsError } from '../../../../src/clients/aws/errors.ts';
import { pollSeconds, retryMs } from '../../../../src/clients/aws/pace.ts';
import { effectiveScopes } from '../../../../src/clients/aws/scopes.ts';
import { readScopeConfig } from '../../../../src/clients/aws/shared-config.ts';
import { CancelledError, JarvisError } from '../../../../src/core/errors.ts';
import { awsHome } from '../../../support/aws/home.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('AWS scopes', () => {
  const home = awsHome();
  after(() => home.remove());

  it('are none where nothing speaks of AWS', () => {
    assert.deepEqual(effectiveScopes([], { HOME: '/nowhere' }), []);
  });

  it('are the environment where none are set', () => {
    assert.deepEqual(effectiveScopes([], { HOME: '/nowhere', AWS_PROFILE: 'sre' }), [{ label: 'sre' }]);
    assert.deepEqual(effectiveScopes([], { HOME: '/nowhere', AWS_REGION: 'eu-west-1' }), [{ label: 'default' }]);
  });

  it('have labels of their own, and take an empty field as not set', () => {
    const scopes = effectiveScopes([{ profile: 'a', region: 'r', endpointUrl: '' }, { label: 'a r' }, {}], {});
    assert.deepEqual(scopes, [{ profile: 'a', region: 'r', label: 'a r' }, { label: 'a r (2)' }, { label: 'default' }]);
  });

  const endpoints: readonly (readonly [
    name: string,
    config: string,
    env: Record<string, string>,
    expected: unknown,
  ])[] = [
    ['AWS itself', '', {}, undefined],
    ['the profile', 'endpoint_url = http://p', {}, 'http://p'],
    ['the services section', 'endpoint_url = http://p\nservices = s', {}, 'http://s'],
    ['the environment', 'services = s', { AWS_ENDPOINT_URL: 'http://e' }, 'http://e'],
    [
      'the service in the environment',
      '',
      { AWS_ENDPOINT_URL: 'http://e', AWS_ENDPOINT_URL_CLOUDWATCH: 'http://c' },
      'http://c',
    ],
    [
      'none when told to ignore them',
      '',
      { AWS_ENDPOINT_URL: 'http://e', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      undefined,
    ],
  ];
  for (const [name, config, env, expected] of endpoints)
    it(`take the endpoint of ${name}`, async () => {
      home.config(`[profile sre]\nregion = r\n${config}\n[services s]\ncloudwatch =\n  endpoint_url = http://s\n`);
      const resolved = await readScopeConfig({ label: 'x' }, { ...home.env, ...env });
      assert.equal(resolved.endpoints.cloudwatch, expected);
    });

  it('take the region from scope, AWS_REGION, AWS_DEFAULT_REGION and profile, in this order', async () => {
    home.config('[profile sre]\nregion = profile\n');
    const region = async (scope: object, env: object) =>
      (await readScopeConfig({ label: 'x', ...scope }, { ...home.env, ...env })).region;
    assert.equal(await region({}, {}), 'profile');
    assert.equal(await region({}, { AWS_DEFAULT_REGION: 'default' }), 'default');
    assert.equal(await region({}, { AWS_DEFAULT_REGION: 'default', AWS_REGION: 'env' }), 'env');
    assert.equal(await region({ region: 'scope' }, { AWS_REGION: 'env' }), 'scope');
  });

  it('know a sign-in behind an assumed role', async () => {
    home.config('[profile sre]\nregion = r\nsource_profile = base\n[profile base]\nsso_session = corp\n');
    assert.deepEqual((await readScopeConfig({ label: 'x' }, home.env)).signIn, { profile: 'base' });
  });
});

describe('AWS credentials', () => {
  const home = awsHome();
  after(() => home.remove());

  const partitions: readonly (readonly [name: string, lines: string, partition: string | undefined])[] = [
    ['nothing', 'output = json', undefined],
    ['their region', 'region = us-gov-west-1', 'aws-us-gov'],
    ['where they sign in', 'region = eu-west-1\nsso_session = corp', 'aws-cn'],
    ['the role', 'sso_region = cn-north-1\nrole_arn = arn:aws-us-gov:iam::1:role/a', 'aws-us-gov'],
  ];
  for (const [name, lines, partition] of partitions)
    it(`tell their partition by ${name}`, async () => {
      home.config(`[profile sre]\n${lines}\n[sso-session corp]\nsso_region = cn-northwest-1\n`);
      const config = await readScopeConfig({ label: 'x', region: 'ap-northeast-2' }, home.env);
      assert.equal(config.partition, partition);
    });
});

describe('AWS errors', () => {
  const config: CallContext['config'] = {
    region: 'eu-west-1',
    signIn: undefined,
    partition: 'aws',
    endpoints: {},
    files: { filepath: '', configFilepath: '', existing: ['/home/sre/.aws/credentials', '/home/sre/.aws/config'] },
  };
  const context: CallContext = { who: 'sre', config, service: 'sts', operation: 'X' };
  const codeOf = (thrown: unknown) => {
    const error = toAwsError(thrown, context);
    return error instanceof JarvisError ? error.code : error;
  };

  it('say offline when AWS itself cannot be reached', () => {
    assert.equal(codeOf(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })), 'aws.offline');
    assert.equal(
      codeOf(Object.assign(new Error('reset'), { name: 'TimeoutError', code: 'ECONNRESET' })),
      'aws.offline',
    );
    assert.equal(codeOf(Object.assign(new Error('slow'), { name: 'TimeoutError' })), 'aws.timeout');
  });

  const saying = (thrown: unknown, over: Partial<CallContext['config']>) => {
    const error = toAwsError(thrown, { ...context, config: { ...config, ...over } });
    assert.ok(error instanceof JarvisError);
    return error.message;
  };

  it('name the region that no host is known in', () => {
    const unknown = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    assert.match(saying(unknown, { region: 'eu-wst-1' }), /in eu-wst-1\. Is there a network, and such a region\?$/);
  });

  it('tell a sign-in that has ended from a portal that cannot be reached, and a role that is not granted', () => {
    const portal = (words: string) => Object.assign(new Error(words), { name: 'CredentialsProviderError' });
    const signIn = { profile: 'sre' };
    assert.match(saying(portal('UnauthorizedException: Session token not found or invalid'), { signIn }), /has ended/);
    assert.match(saying(portal('Error: getaddrinfo ENOTFOUND portal.sso.aws'), { signIn }), /Is there a network/);
    assert.match(saying(portal('ForbiddenException: No access'), { signIn }), /may not call/);
    assert.match(saying(portal('The SSO session token is stale.'), { signIn }), /has ended/);
  });

  it('suspect the partition where the files do not tell it', () => {
    const rejected = Object.assign(new Error(''), { name: 'InvalidClientTokenId' });
    const over = { region: 'us-gov-west-1', partition: undefined };
    assert.match(saying(rejected, over), /in us-gov-west-1: aws-us-gov has accounts of its own/);
    assert.match(saying(rejected, { partition: undefined }), /no longer accepts/);
  });

  it('leave cancelling and typed errors alone', () => {
    const cancelled = new CancelledError();
    assert.equal(codeOf(cancelled), cancelled);
    assert.equal(codeOf(new JarvisError({ code: 'aws.regionMissing', message: '' })), 'aws.regionMissing');
  });

  it('keep the cause and the words of what is unknown', () => {
    const cause = Object.assign(new Error('the disk of the cloud is full'), { name: 'InternalFailure' });
    const error = toAwsError(cause, context);
    assert.ok(error instanceof JarvisError);
    assert.equal(error.code, 'aws.failed');
    assert.equal(error.cause, cause);
    assert.match(error.message, /disk of the cloud/);
  });

  it('take the wait that the server asks for', () => {
    const $response = { statusCode: 429, headers: { 'retry-after': '17' } };
    const error = toAwsError(Object.assign(new Error('no'), { name: 'X', $response }), context);
    assert.ok(error instanceof JarvisError);
    assert.equal(error.code, 'aws.throttled');
    assert.equal(retryMs(error, 1, 30), 17_000);
  });

  it('take no wait that does not end', () => {
    const $response = { statusCode: 429, headers: { 'retry-after': '99999999999' } };
    const error = toAwsError(Object.assign(new Error('no'), { name: 'X', $response }), context);
    assert.equal(error instanceof JarvisError && error.retryAfterSeconds, 3600);
  });
});

describe('AWS pace', () => {
  it('never waits longer than the setting, and is faster while it burns', () => {
    assert.equal(pollSeconds(60, { ringing: false, changedMsAgo: Infinity }), 60);
    assert.equal(pollSeconds(60, { ringing: true, changedMsAgo: Infinity }), 20);
    assert.equal(pollSeconds(60, { ringing: false, changedMsAgo: 1000 }), 20);
    assert.equal(pollSeconds(1, { ringing: true, changedMsAgo: 0 }), 5, 'not below five seconds');
  });

  it('waits ever longer when throttled, soon again when offline', () => {
    const error = (code: 'aws.throttled' | 'aws.offline') => new JarvisError({ code, message: '' });
    assert.ok(retryMs(error('aws.throttled'), 0, 30) >= 30_000);
    assert.ok(retryMs(error('aws.throttled'), 9, 30) <= 330_000);
    assert.ok(retryMs(error('aws.offline'), 1, 30) <= 2_000);
  });

  it('counts the calls of the last minute', async () => {
    const clock = new FakeClock();
    const meter = new CallMeter(clock);
    meter.count();
    await clock.advance(59_000);
    meter.count();
    assert.equal(meter.perMinute, 2);
    await clock.advance(2_000);
    assert.equal(meter.perMinute, 1);
  });
});
