import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClusters } from '../../../src/clients/kubernetes/clusters.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { errorOf, valueOf } from '../../../src/core/loadable.ts';
import { silentLogger } from '../../../src/core/log.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { namesWhen } from '../../support/kubernetes/client.ts';
import { type TestProxy, httpProxy, socksProxy } from '../../support/proxies.ts';
import { Authority } from '../cluster/certificates.ts';
import { freePorts } from '../process/ports.ts';
import { namespaceObject } from '../cluster/objects.ts';
import { type World, base64 } from './world.ts';

const soon = 30_000;

/** What the kubeconfig says, and the way to the server that it names. */
export function kubeconfigWeather(world: () => World): void {
  it('a kubeconfig that is edited, broken and repaired while one looks: the watch goes on, the fault is told', async () => {
    const { client, path, cluster } = await world().open();
    const { store } = cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'ready', soon);
    const inState = (state: string) =>
      eventually(
        () => client.contexts,
        (contexts) => contexts.state === state,
        soon,
      );
    await inState('ready');
    await writeFile(path, 'contexts: [{');
    await inState('stale');
    const error = errorOf(client.contexts);
    assert.equal(error?.code, 'kube.kubeconfigBroken');
    assert(error.message.startsWith(`The kubeconfig ${path} cannot be read: `), error.message);
    assert.deepEqual(error.remedies[0], { kind: 'openFile', path });
    // it is renewed with what the kubeconfig said before
    world().lab.faults.kubernetes.cutConnections();
    await world().create(namespaceObject('while-broken'));
    await namesWhen(store, (names, state) => names.includes('while-broken') && state === 'ready', soon);

    await writeFile(path, JSON.stringify(world().kubeconfig({ user: { token: 'nobody' } })));
    await inState('ready');
    world().lab.faults.kubernetes.cutConnections();
    await eventually(
      () => errorOf(store.objects)?.code,
      (code) => code === 'kube.unauthorized',
      soon,
    );

    // as editors save: another file takes the name
    await writeFile(`${path}.new`, JSON.stringify(world().kubeconfig()));
    await rename(`${path}.new`, path);
    await namesWhen(store, (_, state) => state === 'ready', soon);
  });

  it('two files with the same context: the first wins, as with kubectl', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jarvis-two-files-'));
    const paths = ['one', 'two'].map((file) => join(folder, file));
    const [one = '', two = ''] = paths;
    await copyFile(world().lab.description.kubeconfig, one);
    const other = world().kubeconfig({ server: 'https://another.invalid:6443' });
    await writeFile(two, JSON.stringify({ ...other, 'current-context': 'elsewhere' }));
    const options = { kubeconfigPaths: () => paths, env: process.env, clock: systemClock, log: silentLogger };
    const client = createClusters(options);
    try {
      const contexts = await eventually(
        () => valueOf(client.contexts) ?? [],
        (refs) => refs.length > 0,
      );
      assert.deepEqual(
        contexts.map(({ context, server }) => [context, server]),
        [['prod-seoul', world().proxied]],
      );
      assert.equal(client.currentContext, 'prod-seoul');
      const kubectl = await world().lab.kubectl(
        ...['--kubeconfig', one, 'config', 'view', '--minify', '-o', 'jsonpath={.clusters[0].cluster.server}'],
      );
      assert.equal(kubectl, world().proxied);
      const [ref] = contexts;
      assert(ref);
      await namesWhen(client.cluster(ref).watch('namespaces').store, (_, state) => state === 'ready', soon);
    } finally {
      client.dispose();
      await rm(folder, { recursive: true });
    }
  });

  const failure = async (...how: Parameters<World['open']>) => {
    const { cluster } = await world().open(...how);
    const { store } = cluster.watch('namespaces');
    await namesWhen(store, (_, state) => state === 'failed', soon);
    return errorOf(store.objects);
  };
  const trusted = () => ({ 'certificate-authority-data': base64(world().lab.cluster.authority) });

  it('TLS from an unknown CA: said so, the kubeconfig is the way out', async () => {
    const stranger = await Authority.create();
    for (const cluster of [{}, { 'certificate-authority-data': base64(stranger.certificate) }]) {
      const error = await failure({ cluster });
      assert.equal(error?.code, 'kube.tls');
      assert(error.message.startsWith(`The certificate of prod-seoul (${world().proxied}) is not trusted: `));
      assert.deepEqual(error.remedies[0], { kind: 'openSetting', setting: 'jarvis.kubernetes.kubeconfig' });
    }
  });

  it('TLS for another name: said so', async () => {
    const error = await failure({ cluster: { ...trusted(), 'tls-server-name': 'elsewhere.example' } });
    assert.equal(error?.code, 'kube.tls');
  });

  it('nothing listens there: said so', async () => {
    const [port = 0] = await freePorts(1);
    const error = await failure({ server: `https://127.0.0.1:${port}` });
    assert.equal(
      error?.message,
      `prod-seoul (https://127.0.0.1:${port}) cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });

  for (const scheme of ['http', 'socks5'] as const)
    it(`an unreachable ${scheme} proxy: said so, by its name`, async () => {
      const [port = 0] = await freePorts(1);
      const proxyUrl = `${scheme}://127.0.0.1:${port}`;
      const error = await failure({ cluster: { ...trusted(), 'proxy-url': proxyUrl } });
      assert.equal(error?.code, 'kube.unreachable');
      assert(
        error.message.startsWith(`prod-seoul (${world().proxied}) cannot be reached through the proxy ${proxyUrl}: `),
        error.message,
      );
    });

  it('a proxy that does not answer: said so', async () => {
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const address = mute.address();
    assert(typeof address === 'object' && address !== null);
    const taken: { destroy(): void }[] = [];
    mute.on('connection', (socket) => taken.push(socket));
    try {
      const error = await failure(
        { cluster: { ...trusted(), 'proxy-url': `http://127.0.0.1:${address.port}` } },
        fastClock(20),
      );
      assert.equal(error?.message, 'prod-seoul did not answer within 30 seconds.');
    } finally {
      for (const socket of taken) socket.destroy();
      mute.close();
    }
  });

  for (const [what, start] of [
    ['an HTTP', httpProxy],
    ['a SOCKS', socksProxy],
  ] as const)
    it(`through ${what} proxy all works, watches too`, async () => {
      const proxy: TestProxy = await start();
      try {
        const { cluster } = await world().open({ cluster: { ...trusted(), 'proxy-url': proxy.url } });
        const { store } = cluster.watch('namespaces');
        await namesWhen(store, (_, state) => state === 'ready', soon);
        const name = `by-${new URL(proxy.url).protocol.slice(0, -1)}`;
        await world().create(namespaceObject(name));
        await namesWhen(store, (names) => names.includes(name), soon);
        assert.deepEqual([...new Set(proxy.asked)], [new URL(world().proxied).host]);
      } finally {
        proxy.close();
      }
    });
}
