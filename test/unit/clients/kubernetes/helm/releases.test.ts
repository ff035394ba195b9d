import assert from 'node:assert/strict';
import { JarvisError } from '../../../../../src/core/errors.ts';
import { aWholeRelease, releaseSecret } from '../../../../support/builders/helm.ts';
import { hostileNames } from '../../../../support/hostile.ts';
import { type Harness, harness } from '../../../../support/kubernetes/harness.ts';

describe('the releases of a cluster', () => {
  let at: Harness;
  const { signal } = new AbortController();
  const secret = releaseSecret(aWholeRelease());
  const path = '/api/v1/namespaces/sock-shop/secrets';
  const coded = (code: string) => (error: unknown) => error instanceof JarvisError && error.code === code;

  beforeEach(async () => {
    at = await harness();
  });
  afterEach(() => at.dispose());

  /** The server's answer to each path. */
  const answers = (byPath: Readonly<Record<string, unknown>>) => {
    at.server.intercept = ({ url = '' }) => {
      const body = byPath[new URL(url, 'http://it').pathname];
      return body === undefined ? { status: 404, body: { message: 'not found' } } : { status: 200, body };
    };
  };

  it('have a history by metadata alone, the newest first, with who wrote each last', async () => {
    const revision = (version: number) => ({
      metadata: {
        ...secret.metadata,
        uid: `r${version}`,
        labels: { ...secret.metadata.labels, version: String(version) },
        managedFields: [
          { manager: 'helm', time: '2026-11-21T09:00:00Z' },
          { manager: 'terraform', time: '2026-11-21T10:00:00Z' },
        ],
      },
    });
    answers({ [path]: { items: [revision(2), revision(10), revision(9)] } });
    const history = await at.cluster.releases.history('sock-shop', 'sock-shop', signal);
    assert.deepEqual(
      history.map(({ revision }) => revision),
      [10, 9, 2],
    );
    assert.deepEqual([history[0]?.writtenBy, history[0]?.writtenAt], ['terraform', Date.parse('2026-11-21T10:00:00Z')]);
    const [request, ...more] = at.server.requests;
    assert.equal(request?.url.searchParams.get('labelSelector'), 'owner=helm,name=sock-shop');
    assert.equal(more.length, 0);
  });

  it('are read whole by one request', async () => {
    answers({ [`${path}/sh.helm.release.v1.sock-shop.v3`]: secret });
    assert.deepEqual(await at.cluster.releases.read('sock-shop', 'sock-shop', 3, signal), aWholeRelease());
    assert.equal(at.server.requests.length, 1);
  });

  it('that are not there are said to be gone', async () => {
    answers({ [path]: { items: [] } });
    await assert.rejects(at.cluster.releases.history('sock-shop', 'sock-shop', signal), coded('helm.notFound'));
    await assert.rejects(at.cluster.releases.read('sock-shop', 'sock-shop', 3, signal), coded('helm.notFound'));
  });

  it('keep their order where somebody else has labelled a Secret as theirs', async () => {
    const labelled = (version: string) => ({
      metadata: { ...secret.metadata, uid: version, labels: { ...secret.metadata.labels, version } },
    });
    answers({ [path]: { items: ['x', '2', 'NaN', '', '10', '-1', '1.5'].map(labelled) } });
    const history = await at.cluster.releases.history('sock-shop', 'sock-shop', signal);
    assert.deepEqual(
      history.map(({ revision }) => revision),
      [10, 2, 0, 0, 0, 0, -1],
    );
  });

  it('of a name that would change the question are not asked for', async () => {
    const long = { long: hostileNames.long, tooLong: 'x'.repeat(64) };
    const bad = { flag: '--post-renderer=x', up: '../x', selector: 'x,owner!=helm', control: 'a\u0007b', ...long };
    for (const [what, name] of Object.entries({ ...hostileNames, ...bad }))
      await assert.rejects(at.cluster.releases.history('sock-shop', name, signal), coded('helm.notFound'), what);
    assert.equal(at.server.requests.length, 0);
  });

  it('of any name are read by one path that leads nowhere else', async () => {
    for (const name of Object.values(hostileNames)) {
      await assert.rejects(at.cluster.releases.read('sock-shop', name, 1, signal), coded('helm.notFound'));
      const { pathname } = at.server.requests.at(-1)?.url ?? assert.fail('it was asked');
      assert.equal(pathname, `${path}/${encodeURIComponent(`sh.helm.release.v1.${name}.v1`)}`);
    }
  });

  it('that may not be read say so', async () => {
    at.server.intercept = () => ({ status: 403, body: { message: 'secrets is forbidden' } });
    await assert.rejects(at.cluster.releases.read('sock-shop', 'sock-shop', 3, signal), coded('kube.forbidden'));
    await assert.rejects(at.cluster.releases.history('sock-shop', 'sock-shop', signal), coded('kube.forbidden'));
  });

  it('are broken where the Secret holds something else', async () => {
    answers({ [`${path}/sh.helm.release.v1.sock-shop.v3`]: { ...secret, data: {} } });
    await assert.rejects(at.cluster.releases.read('sock-shop', 'sock-shop', 3, signal), coded('helm.malformed'));
  });
});

describe('the kinds of a cluster', () => {
  let at: Harness;
  const { signal } = new AbortController();
  const socks = { name: 'socks', kind: 'Sock', namespaced: true };
  let served: object[] = [];

  beforeEach(async () => {
    at = await harness();
    served = [{ ...socks, name: 'socks/status' }, socks, { name: 'racks', kind: 'Rack', namespaced: false }];
    at.server.intercept = ({ url }) =>
      url === '/apis/shop.example/v1' ? { status: 200, body: { resources: served } } : { status: 404 };
  });
  afterEach(() => at.dispose());

  it('are found by what manifests call them, asked for once', async () => {
    const find = (kind: string) => at.cluster.serves({ apiVersion: 'shop.example/v1', kind }, signal);
    const place = { group: 'shop.example', version: 'v1' };
    assert.deepEqual(await find('Sock'), { ...place, resource: 'socks', kind: 'Sock', isNamespaced: true });
    assert.deepEqual(await find('Rack'), { ...place, resource: 'racks', kind: 'Rack', isNamespaced: false });
    assert.equal(at.server.requests.length, 1);
  });

  it('that came since are found, too', async () => {
    const find = () => at.cluster.serves({ apiVersion: 'shop.example/v1', kind: 'Shoe' }, signal);
    const unknown = (error: unknown) =>
      error instanceof JarvisError && error.code === 'kube.notFound' && error.message.includes('the kind Shoe');
    await assert.rejects(find(), unknown);
    served.push({ name: 'shoes', kind: 'Shoe', namespaced: true });
    assert.equal((await find()).resource, 'shoes');
  });

  it('of a group that is not there are unknown', async () => {
    const find = at.cluster.serves({ apiVersion: 'gone.example/v1', kind: 'Sock' }, signal);
    await assert.rejects(find, (error) => error instanceof JarvisError && error.code === 'kube.notFound');
  });
});
