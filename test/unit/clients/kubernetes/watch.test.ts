import assert from 'node:assert/strict';
import type { Lease } from '../../../../src/domain/kubernetes/cluster.ts';
import type { Namespace } from '../../../../src/domain/kubernetes/model.ts';
import { errorOf } from '../../../../src/core/loadable.ts';
import { FakeApiserver, statusAnswer } from '../../../support/fake-apiserver.ts';
import { eventually } from '../../../support/eventually.ts';
import { type TestClient, kubeconfigFor, namesWhen, refFor, testClient } from '../../../support/kubernetes/client.ts';

describe('a watch', () => {
  let server: FakeApiserver;
  let test: TestClient;

  beforeEach(async () => {
    server = await FakeApiserver.start();
    test = await testClient(kubeconfigFor(server.url));
    server.put('namespaces', namespace('default'));
    server.put('namespaces', namespace('sock-shop'));
  });
  afterEach(async () => {
    await test.dispose();
    await server.stop();
  });

  const watchNamespaces = (): Lease<Namespace> => test.client.cluster(refFor(server.url)).watch('namespaces');

  it('shows what is there and follows changes', async () => {
    const { store } = watchNamespaces();
    assert.equal(store.objects.state, 'loading');
    await namesWhen(store, (names) => names.join() === 'default,sock-shop');
    server.put('namespaces', namespace('monitoring'));
    server.delete('namespaces', 'uid-default');
    await namesWhen(store, (names, state) => names.join() === 'monitoring,sock-shop' && state === 'ready');
  });
});

function namespace(name: string) {
  return { metadata: { name, uid: `uid-${name}` }, status: { phase: 'Active' } };
}
