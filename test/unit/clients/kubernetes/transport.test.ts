import assert from 'node:assert/strict';
import { type Server, createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { errorOf } from '../../../../src/core/loadable.ts';
import { JarvisError } from '../../../../src/core/errors.ts';
import type { Target } from '../../../../src/domain/remediation/target.ts';
import { Authority } from '../../../lab/cluster/certificates.ts';
import { kubeconfigFor, namesWhen, refFor, testClient } from '../../../support/kubernetes/client.ts';
import { type Harness, harness } from '../../../support/kubernetes/harness.ts';

describe('the transport', function () {
  this.timeout(20_000);

  it('keeps its connections: twenty questions use no more than two', async () => {
    const at = await harness();
    try {
      const ports = new Set<number | undefined>();
      at.server.intercept = ({ socket }) => {
        ports.add(socket.remotePort);
        return undefined;
      };
      for (let n = 0; n < 20; n++) await at.cluster.may({ verb: `v${n}`, group: '', resource: 'pods' });
      assert(ports.size <= 2, `${ports.size} connections`);
    } finally {
      await at.dispose();
    }
  });

  for (const [what, act, sent] of [
    ['a read once more', (at: Harness) => at.cluster.may({ verb: 'get', group: '', resource: 'pods' }), 2],
    ['no write', (at: Harness) => at.client.patch(targetIn(at), [], new AbortController().signal), 1],
  ] as const)
    it(`repeats ${what} on a kept connection that was closed meanwhile`, async () => {
      const at = await harness();
      try {
        at.server.put('deployments', { metadata: { name: 'web', namespace: 'shop', uid: 'u' } });
        await at.client.read(targetIn(at), new AbortController().signal);
        at.server.requests.length = 0;
        at.server.intercept = ({ socket }) => {
          if (at.server.requests.length > 1) return undefined;
          socket.destroy();
          return 'hang';
        };
        await act(at).catch((error: unknown) => assert(error instanceof JarvisError));
        assert.equal(at.server.requests.length, sent);
      } finally {
        await at.dispose();
      }
    });

  it('says that nothing listens there', async () => {
    const url = await freeAddress();
    const test = await testClient(kubeconfigFor(url));
    try {
      const { store } = test.client.cluster(refFor(url)).watch('namespaces');
      await namesWhen(store, (_, state) => state === 'failed');
      assert.equal(errorOf(store.objects)?.code, 'kube.unreachable');
      assert.match(errorOf(store.objects)?.message ?? '', /^lab \(http:.*\) cannot be reached: .*ECONNREFUSED/);
    } finally {
      await test.dispose();
    }
  });

  it('says that the proxy of the kubeconfig cannot be reached', async () => {
    const proxy = await freeAddress();
    const url = 'https://cluster.invalid:6443';
    const test = await testClient(withCluster(url, { 'proxy-url': proxy.replace('//', '//ada:secret@') }));
    try {
      const { store } = test.client.cluster(refFor(url)).watch('namespaces');
      await namesWhen(store, (_, state) => state === 'failed');
      assert.equal(errorOf(store.objects)?.code, 'kube.unreachable');
      const [, place = ''] = proxy.split('//');
      assert.equal(
        errorOf(store.objects)?.message,
        `lab (${url}) cannot be reached through the proxy ${proxy}: connect ECONNREFUSED ${place}`,
      );
    } finally {
      await test.dispose();
    }
  });

  describe('with TLS', () => {
    let server: Server;
    let url: string;
    let authority: Authority;

    before(async () => {
      authority = await Authority.create();
      const { certificate, key } = await authority.issueServer();
      server = createServer({ cert: certificate, key }, (request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        if (request.url?.includes('watch=1'))
          response.write(
            '{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"1","annotations":{"k8s.io/initial-events-end":"true"}}}}\n',
          );
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => {
      server.close();
      server.closeAllConnections();
    });

    async function stateWith(cluster: object): Promise<string> {
      const test = await testClient(withCluster(url, cluster));
      try {
        const { store } = test.client.cluster(refFor(url)).watch('namespaces');
        await namesWhen(store, (_, state) => state !== 'loading');
        return errorOf(store.objects)?.code ?? store.objects.state;
      } finally {
        await test.dispose();
      }
    }

    it('does not trust an unknown authority, and says so', async () => {
      assert.equal(await stateWith({}), 'kube.tls');
    });

    it('trusts the authority of the kubeconfig', async () => {
      const data = Buffer.from(authority.certificate).toString('base64');
      assert.equal(await stateWith({ 'certificate-authority-data': data }), 'ready');
    });

    it('trusts anybody where the kubeconfig says so', async () => {
      assert.equal(await stateWith({ 'insecure-skip-tls-verify': true }), 'ready');
    });
  });
});

function targetIn({ ref }: Harness): Target {
  return { cluster: ref, kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u', resourceVersion: '1' };
}

function withCluster(server: string, fields: object): unknown {
  const config = kubeconfigFor(server) as object;
  return { ...config, clusters: [{ name: 'lab-cluster', cluster: { server, ...fields } }] };
}

/** An address where nothing listens any more. */
async function freeAddress(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
