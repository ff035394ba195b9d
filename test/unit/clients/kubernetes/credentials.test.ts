import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorOf, valueOf } from '../../../../src/core/loadable.ts';
import { statusAnswer } from '../../../support/fake-apiserver.ts';
import { eventually } from '../../../support/eventually.ts';
import { fastClock } from '../../../support/fast-clock.ts';
import { kubeconfigFor, namesWhen } from '../../../support/kubernetes/client.ts';
import { type Harness, harness, namespace } from '../../../support/kubernetes/harness.ts';

describe('credentials', function () {
  this.timeout(20_000);
  let folder: string;
  let at: Harness;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jarvis-exec-'));
  });
  afterEach(async () => {
    await at.dispose();
    await rm(folder, { recursive: true });
  });

  /** An exec plugin that gives token-1, token-2, … and notes its environment. */
  async function plugin(body = giveToken): Promise<unknown> {
    const command = join(folder, 'plugin');
    await writeFile(command, `#!/bin/sh\ncd '${folder}'\necho x >> calls\n${body}`);
    await chmod(command, 0o755);
    return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never' } };
  }
  const giveToken = `n=$(wc -l < calls | tr -d ' ')
printf '%s' "$KUBERNETES_EXEC_INFO" > info
printf '%s' "$AWS_PROFILE" > profile
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"token-'$n'"}}'`;
  const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n').length;
  const accept = (token: string) => {
    at.server.intercept = ({ headers }) =>
      headers.authorization === `Bearer ${token}` ? undefined : statusAnswer(401, 'Unauthorized');
  };

  it('are sent: a token as it stands in the kubeconfig', async () => {
    at = await harness();
    await namesWhen(at.cluster.watch('namespaces').store, (_, state) => state === 'ready');
    assert.equal(at.server.requests[0]?.authorization, 'Bearer secret');
  });

  it('are read from a token file beside the kubeconfig', async () => {
    at = await harness({ user: { tokenFile: 'token' } });
    await writeFile(join(at.folder, 'token'), 'from-file');
    await namesWhen(at.cluster.watch('namespaces').store, (_, state) => state === 'ready');
    assert.equal(at.server.requests[0]?.authorization, 'Bearer from-file');
  });

  it('are sent as name and password where the kubeconfig has these', async () => {
    at = await harness({ user: { username: 'ada', password: 'pass' } });
    await namesWhen(at.cluster.watch('namespaces').store, (_, state) => state === 'ready');
    assert.equal(at.server.requests[0]?.authorization, `Basic ${Buffer.from('ada:pass').toString('base64')}`);
  });

  it('come from a plugin that is called once, with its environment and the exec protocol', async () => {
    at = await harness({ user: await plugin(), env: { ...process.env, AWS_PROFILE: 'night' } });
    accept('token-1');
    for (const kind of ['namespaces', 'pods', 'nodes', 'deployments'] as const) at.cluster.watch(kind);
    await namesWhen(at.cluster.watch('namespaces').store, (_, state) => state === 'ready');
    await namesWhen(at.cluster.watch('deployments').store, (_, state) => state === 'ready');
    assert.equal(await calls(), 1);
    assert.equal(await readFile(join(folder, 'profile'), 'utf8'), 'night');
    const info = JSON.parse(await readFile(join(folder, 'info'), 'utf8')) as { kind: string; spec: unknown };
    assert.deepEqual([info.kind, info.spec], ['ExecCredential', { interactive: false }]);
  });

  it('that cannot be sent are told as such, and not repeated', async () => {
    at = await harness({ user: { token: 'half\na token' } });
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed');
    const error = errorOf(store.objects);
    assert.equal(error?.code, 'kube.credentials');
    assert.doesNotMatch(error.message, /half|a token/);
  });

  it('that expire are asked for again, once for all watches together', async () => {
    at = await harness({ user: await plugin() });
    accept('token-1');
    const stores = (['namespaces', 'pods', 'nodes', 'deployments'] as const).map(
      (kind) => at.cluster.watch(kind).store,
    );
    for (const store of stores) await namesWhen(store, (_, state) => state === 'ready');
    accept('token-2');
    at.server.put('namespaces', namespace('late'));
    at.server.cutWatches();
    await namesWhen(at.cluster.watch('namespaces').store, (names) => names.includes('late'));
    for (const store of stores) await namesWhen(store, (_, state) => state === 'ready');
    assert.equal(await calls(), 2);
  });

  it('that stay refused are told, not asked for in a loop', async () => {
    at = await harness({ user: await plugin() });
    accept('never');
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed');
    assert.equal(errorOf(store.objects)?.code, 'kube.unauthorized');
    assert(errorOf(store.objects)?.message.startsWith('lab does not accept your credentials.'));
    assert.equal(await calls(), 2);
  });

  for (const [what, body, reason] of [
    ['fails', 'echo "token has expired, run: aws sso login" >&2; exit 1', /run: aws sso login$/],
    ['prints garbage', 'echo half-a-token', /plugin answered with something that is no credential\.$/],
    ['gives nothing', 'echo \'{"status":{}}\'', /plugin answered with something that is no credential\.$/],
  ] as const)
    it(`name a plugin that ${what}`, async () => {
      at = await harness({ user: await plugin(body) });
      const { store } = at.cluster.watch('namespaces');
      await namesWhen(store, (_, state) => state === 'failed');
      assert.equal(errorOf(store.objects)?.code, 'kube.credentials');
      assert.match(errorOf(store.objects)?.message ?? '', reason);
    });

  it('name a plugin that is not installed', async () => {
    at = await harness({
      user: { exec: { command: 'no-such-plugin', apiVersion: 'client.authentication.k8s.io/v1' } },
    });
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed');
    assert.match(errorOf(store.objects)?.message ?? '', /no-such-plugin/);
  });

  it('name a plugin that hangs, and take its answer when it comes at last', async () => {
    const late = `while [ ! -e go ]; do sleep 0.05; done\n${giveToken}`;
    at = await harness({ user: await plugin(late), clock: fastClock(100) });
    accept('token-1');
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed');
    assert.match(errorOf(store.objects)?.message ?? '', /plugin has not answered for 20 seconds\.$/);
    await writeFile(join(folder, 'go'), '');
    await namesWhen(store, (_, state) => state === 'ready');
    assert.equal(await calls(), 1);
  });

  it('end a plugin that hangs as soon as nobody waits for it', async () => {
    at = await harness({ user: await plugin('echo $$ > pid; exec sleep 60') });
    at.cluster.watch('namespaces');
    const pid = await eventually(
      () => (existsSync(join(folder, 'pid')) ? Number(readFileSync(join(folder, 'pid'), 'utf8')) : 0),
      (value) => value > 0,
    );
    at.client.dispose();
    await eventually(
      () => isRunning(pid),
      (running) => !running,
    );
  });

  it('of a plugin that fails are asked for once, however many watches there are, and come without a click', async () => {
    at = await harness({ user: await plugin(`[ -e signed-in ] || exit 1\n${giveToken}`), clock: fastClock(20) });
    const all = ['namespaces', 'pods', 'nodes', 'deployments', 'services', 'secrets', 'jobs', 'ingresses'] as const;
    const stores = all.map((kind) => at.cluster.watch(kind).store);
    for (const store of stores) await namesWhen(store, (_, state) => state === 'failed');
    assert.equal(await calls(), 1);
    await writeFile(join(folder, 'signed-in'), '');
    for (const store of stores) await namesWhen(store, (_, state) => state === 'ready');
    assert(at.server.requests.every(({ authorization }) => authorization.startsWith('Bearer token-')));
  });

  it('are read anew when the kubeconfig is edited, without a click', async () => {
    at = await harness();
    accept('repaired');
    await namesWhen(at.cluster.watch('namespaces').store, (_, state) => state === 'failed');
    await writeFile(at.path, JSON.stringify(kubeconfigFor(at.server.url, { token: 'repaired' })));
    await namesWhen(at.cluster.watch('namespaces').store, (_, state) => state === 'ready');
  });

  it('of a context that vanished from the kubeconfig are told as missing', async () => {
    at = await harness();
    const { store } = at.cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'ready');
    await writeFile(at.path, JSON.stringify(kubeconfigFor('https://another:6443')));
    await eventually(
      () => valueOf(at.client.contexts)?.[0]?.server,
      (server) => server === 'https://another:6443',
    );
    at.server.cutWatches();
    await namesWhen(store, (_, state) => state === 'stale');
    assert.equal(errorOf(store.objects)?.code, 'kube.contextMissing');
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
