import assert from 'node:assert/strict';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';
import { join } from 'node:path';
import { sendCommand } from './control/send.ts';
import { type Lab, startLab } from './lab.ts';
import { ProgramError, run } from './process/run.ts';
import { until } from './process/until.ts';

describe('a lab of parts: the cluster and AWS', function () {
  this.timeout('20m');
  let lab: Lab;

  before(async () => (lab = await startLab({ parts: ['aws'] })));
  after(() => lab.close());
  afterEach(() => lab.faults.clear());

  const kubectl = (kubeconfig: string, ...args: string[]) =>
    run(join(lab.description.bin, 'kubectl'), ['--kubeconfig', kubeconfig, ...args]);
  const asAdmin = (...args: string[]) => kubectl(lab.description.kubeconfig, ...args);
  const refusal = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => assert.fail('it was meant to fail'),
      (reason: unknown) => reason,
    );
    assert(error instanceof ProgramError);
    return error.stderr;
  };

  it('has a user who may look and not touch', async () => {
    const viewer = lab.description.viewerKubeconfig;
    assert.match(await kubectl(viewer, 'get', 'configmaps', '-A'), /kube-root-ca/);
    assert.match(await refusal(kubectl(viewer, 'create', 'namespace', 'x')), /Forbidden/);
    assert.match(await refusal(kubectl(viewer, 'get', 'secrets', '-A')), /Forbidden/);
  });

  it('answers as told, so often as told, where told', async () => {
    lab.faults.kubernetes.add({ kind: 'respond', status: 403 }, { times: 1, path: '/nodes' });
    assert.match(await asAdmin('get', 'namespaces', '-o', 'name'), /namespace\/default/);
    assert.match(await refusal(asAdmin('get', 'nodes')), /Forbidden/);
    assert.match(await asAdmin('get', 'nodes', '-o', 'name'), /ip-10-0-1-11/);
  });

  for (const [status, says] of [
    [401, /Unauthorized|logged in/],
    [410, /Expired/],
    [500, /InternalError/],
  ] as const) {
    it(`answers ${status} in the API server's form until cleared`, async () => {
      lab.faults.kubernetes.add({ kind: 'respond', status });
      assert.match(await refusal(asAdmin('get', '--raw', '/api/v1/nodes')), says);
      lab.faults.clear();
      await asAdmin('get', '--raw', '/api/v1/nodes');
    });
  }

  it('asks to come back later, and kubectl does', async () => {
    lab.faults.kubernetes.add({ kind: 'respond', status: 429, retryAfterSeconds: 1 }, { times: 1, path: '/nodes' });
    assert.match(await asAdmin('get', 'nodes', '-o', 'name'), /ip-10-0-1-11/);
  });

  it('resets, cuts and hangs', async () => {
    lab.faults.kubernetes.add({ kind: 'reset' });
    assert.match(await refusal(asAdmin('get', '--raw', '/api/v1/nodes')), /EOF|reset/);
    lab.faults.clear();
    lab.faults.kubernetes.add({ kind: 'cut', afterBytes: 100 });
    assert.match(await refusal(asAdmin('get', '--raw', '/api/v1/nodes')), /EOF|reset/);
    lab.faults.clear();
    lab.faults.kubernetes.add({ kind: 'hang' });
    assert.match(await refusal(asAdmin('get', '--raw', '/api/v1/nodes', '--request-timeout=2s')), /imeout|deadline/);
  });

  it('cuts connections that stream', async () => {
    let outcome: string | undefined;
    void asAdmin('get', '--raw', '/api/v1/nodes?watch=1').then(
      () => (outcome = 'ended'),
      () => (outcome = 'broken'),
    );
    await until('the watch ends', () => {
      lab.faults.kubernetes.cutConnections();
      return Promise.resolve(outcome);
    });
  });

  it('takes the API server away and brings it back with everything', async () => {
    await asAdmin('create', 'configmap', 'kept', '--from-literal=a=b');
    await lab.faults.apiserver.kill();
    await assert.rejects(asAdmin('get', 'configmap', 'kept'));
    await lab.faults.apiserver.start();
    assert.equal(await asAdmin('get', 'configmap', 'kept', '-o', 'jsonpath={.data.a}'), 'b');
  });

  it('serves AWS through one profile, and lets its credentials expire and come back', async () => {
    const { aws } = lab.description;
    assert(aws);
    process.env['AWS_CONFIG_FILE'] = aws.configFile;
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = aws.credentialsFile;
    // the SDK looks for a profile's endpoints only where the environment names the profile
    process.env['AWS_PROFILE'] = aws.profile;
    const options = { credentials: fromIni({ profile: aws.profile }), maxAttempts: 1 };
    const [cloudwatch, sts] = [new CloudWatchClient(options), new STSClient(options)];
    try {
      assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Account, '123456789012');
      const alarms = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm'] }));
      assert(alarms.MetricAlarms?.some(({ AlarmName }) => AlarmName === 'sock-shop-front-end-cpu'));

      await sendCommand(lab.description.control, { command: 'expireCredentials' });
      await assert.rejects(cloudwatch.send(new DescribeAlarmsCommand({})), { name: 'ExpiredTokenException' });
      await assert.rejects(sts.send(new GetCallerIdentityCommand({})), { name: /^ExpiredToken/ });

      await sendCommand(lab.description.control, { command: 'clearFaults' });
      await cloudwatch.send(new DescribeAlarmsCommand({}));
    } finally {
      cloudwatch.destroy();
      sts.destroy();
      delete process.env['AWS_CONFIG_FILE'];
      delete process.env['AWS_PROFILE'];
      delete process.env['AWS_SHARED_CREDENTIALS_FILE'];
    }
  });

  it('obeys only who knows its token', async () => {
    const { url } = lab.description.control;
    await assert.rejects(sendCommand({ url, token: 'guess' }, { command: 'clearFaults' }), /401/);
  });
});
