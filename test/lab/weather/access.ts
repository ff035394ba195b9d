import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorOf } from '../../../src/core/loadable.ts';
import type { Kind } from '../../../src/domain/kubernetes/kind-map.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { namesWhen } from '../../support/kubernetes/client.ts';
import { namespaceObject } from '../cluster/objects.ts';
import type { World } from './world.ts';

const { signal } = new AbortController();
const soon = 30_000;

/** Who may do what, and how they prove who they are. */
export function accessWeather(world: () => World): void {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jarvis-sign-in-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const calls = async () => {
    const path = join(folder, 'calls');
    return existsSync(path) ? (await readFile(path, 'utf8')).trim().split('\n').length : 0;
  };
  const give = (token: string) =>
    `echo '${JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } })}'`;

  it('403 on listing namespaces, but not in two of them: those two are found, and work', async () => {
    const { lab } = world();
    for (const name of ['orders', 'payments', 'hidden']) await world().create(namespaceObject(name));
    const binding = (namespace: string) =>
      lab.kubectl('-n', namespace, 'create', 'rolebinding', 'team', '--clusterrole=view', '--user=alice');
    await Promise.all(['orders', 'payments'].map(binding));
    await lab.kubectl('-n', 'orders', 'create', 'configmap', 'seen');

    const { cluster } = await world().open({ ...(await world().certified('alice')), namespace: 'orders' });
    const all = cluster.watch('namespaces').store;
    await namesWhen(all, (_, state) => state === 'failed', soon);
    assert.equal(errorOf(all.objects)?.code, 'kube.forbidden');
    assert.match(
      errorOf(all.objects)?.message ?? '',
      /^prod-seoul does not allow this: namespaces is forbidden: User "alice" cannot watch resource "namespaces"/,
    );
    const found = await cluster.findNamespaces(['payments', 'hidden'], signal);
    assert.deepEqual(
      found.map(({ name, isNamed, access }) => [name, isNamed, access.allowed]),
      [
        ['payments', true, true],
        ['hidden', true, false],
        ['orders', false, true],
      ],
    );
    await namesWhen(cluster.watch('configmaps', 'orders').store, (names) => names.includes('seen'), soon);
    await namesWhen(cluster.watch('pods', 'payments').store, (_, state) => state === 'ready', soon);
    const hidden = cluster.watch('pods', 'hidden').store;
    await namesWhen(hidden, (_, state) => state === 'failed', soon);
    assert.equal(errorOf(hidden.objects)?.code, 'kube.forbidden');
  });

  it('rights that are given while one waits are used without a click', async () => {
    const { cluster } = await world().open(await world().certified('bob'), fastClock(10));
    const { store } = cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed', soon);
    await world().lab.kubectl('create', 'clusterrolebinding', 'bob', '--clusterrole=view', '--user=bob');
    await namesWhen(store, (names, state) => state === 'ready' && names.includes('default'), soon);
  });

  it('403 on Secrets: releases say "forbidden", not "none"', async () => {
    const { cluster } = await world().open({ user: { token: world().tokens.viewer } });
    const { store } = cluster.watch('releaserecords', 'default');
    await namesWhen(store, (_, state) => state === 'failed', soon);
    assert.equal(errorOf(store.objects)?.code, 'kube.forbidden');
    assert.match(errorOf(store.objects)?.message ?? '', /secrets is forbidden: User "viewer" cannot watch/);
  });

  it('credentials that expire during twenty watches: the plugin is called again, once', async () => {
    const { kubernetes } = world().lab.faults;
    const { viewer, admin } = world().tokens;
    const user = await world().plugin(folder, `if [ -e expired ]; then ${give(admin)}; else ${give(viewer)}; fi`);
    const { cluster } = await world().open({ user });
    const readable = ['pods', 'deployments', 'services', 'jobs', 'ingresses'] as const satisfies readonly Kind[];
    const scopes = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
    const stores = readable.flatMap((kind) => scopes.map((scope) => cluster.watch(kind, scope).store));
    await Promise.all(stores.map((store) => namesWhen(store, (_, state) => state === 'ready', soon)));
    assert.equal(await calls(), 1);

    await writeFile(join(folder, 'expired'), '');
    kubernetes.add({ kind: 'respond', status: 401 }, { token: viewer });
    const stale = new Set<unknown>();
    for (const store of stores) store.onDidChange(() => store.objects.state === 'stale' && stale.add(store));
    kubernetes.cutConnections();
    await world().create(namespaceObject('after-expiry'));
    await namesWhen(cluster.watch('namespaces').store, (names) => names.includes('after-expiry'), soon);
    await Promise.all(stores.map((store) => namesWhen(store, (_, state) => state === 'ready', soon)));
    assert.equal(await calls(), 2);
    assert.equal(stale.size, 0, 'nothing was shown to be old');
  });

  it('credentials that nobody accepts: said with what to do, the plugin is not called in a loop', async () => {
    const user = await world().plugin(folder, give('nobody'));
    const { cluster } = await world().open({ user });
    const stores = (['pods', 'nodes', 'jobs', 'services'] as const).map((kind) => cluster.watch(kind).store);
    await Promise.all(stores.map((store) => namesWhen(store, (_, state) => state === 'failed', soon)));
    const error = errorOf(stores[0]?.objects ?? assert.fail());
    assert.equal(
      error?.message,
      'prod-seoul does not accept your credentials. Sign in again the way you do for kubectl.',
    );
    assert.equal(await calls(), 2);
  });

  for (const [what, script, reason] of [
    ['prints garbage', 'echo "Warning: half-a-token"', /sign-in answered with something that is no credential\.$/],
    [
      'gives no token',
      `echo '{"kind":"ExecCredential","status":{}}'`,
      /answered with something that is no credential\.$/,
    ],
    [
      'fails',
      'echo "the session has ended; run: aws sso login" >&2; exit 255',
      /sign-in failed: .*run: aws sso login$/,
    ],
  ] as const)
    it(`an exec plugin that ${what}: named, and used without a click once it works`, async () => {
      const user = await world().plugin(folder, `[ -e well ] || { ${script}; exit; }\n${give(world().tokens.admin)}`);
      const { cluster } = await world().open({ user }, fastClock(20));
      const { store } = cluster.watch('namespaces');
      await namesWhen(store, (_, state) => state === 'failed', soon);
      assert.match(errorOf(store.objects)?.message ?? '', /^The credentials for prod-seoul could not be obtained: /);
      assert.match(errorOf(store.objects)?.message ?? '', reason);
      assert.deepEqual(errorOf(store.objects)?.remedies, [{ kind: 'retry' }, { kind: 'openLog' }]);
      await writeFile(join(folder, 'well'), '');
      await namesWhen(store, (_, state) => state === 'ready', soon);
    });

  it('an exec plugin that is missing: named, with the hint of the kubeconfig for those who look closer', async () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'aws-iam-authenticator-of-nobody',
      installHint: 'Install it from the wiki.',
    };
    const { cluster } = await world().open({ user: { exec } });
    const { store } = cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed', soon);
    const error = errorOf(store.objects);
    assert.match(error?.message ?? '', /aws-iam-authenticator-of-nobody is not installed, or not in the PATH\.$/);
    assert(error?.cause instanceof Error && error.cause.cause instanceof Error);
    assert.equal(error.cause.cause.message, 'Install it from the wiki.');
  });

  it('an exec plugin that hangs: named after 20 s, its late answer is used', async () => {
    const user = await world().plugin(
      folder,
      `while [ ! -e awake ]; do sleep 0.05; done\n${give(world().tokens.admin)}`,
    );
    const { cluster } = await world().open({ user }, fastClock(20));
    const { store } = cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed', soon);
    assert.match(errorOf(store.objects)?.message ?? '', /sign-in has not answered for 20 seconds\.$/);
    await writeFile(join(folder, 'awake'), '');
    await namesWhen(store, (_, state) => state === 'ready', soon);
    assert.equal(await calls(), 1);
  });

  for (const [how, user] of [
    ['in the kubeconfig', async () => (await world().certified('carol', ['system:masters'])).user],
    [
      'as files beside it',
      async () => {
        const { certificate, key } = await world().lab.cluster.issueClient('carol', ['system:masters']);
        await writeFile(join(folder, 'crt'), certificate);
        await writeFile(join(folder, 'key'), key);
        return { 'client-certificate': join(folder, 'crt'), 'client-key': join(folder, 'key') };
      },
    ],
    [
      'from an exec plugin',
      async () => {
        const { certificate, key } = await world().lab.cluster.issueClient('carol', ['system:masters']);
        const status = { clientCertificateData: certificate, clientKeyData: key };
        await writeFile(join(folder, 'answer'), JSON.stringify({ kind: 'ExecCredential', status }));
        return world().plugin(folder, 'cat answer');
      },
    ],
  ] as const)
    it(`a client certificate ${how} convinces`, async () => {
      const own = await user();
      assert(own);
      const { cluster } = await world().open({ server: world().lab.cluster.server, user: own });
      await namesWhen(cluster.watch('namespaces').store, (names) => names.includes('default'), soon);
    });
}
