import type { Clock } from '../../../src/core/clock.ts';
import type { Cluster } from '../../../src/domain/kubernetes/cluster.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import { FakeApiserver, type FakeObject } from '../fake-apiserver.ts';
import { type TestClient, kubeconfigFor, refFor, testClient } from './client.ts';

/** A fake API server and a client that looks at it. */
export interface Harness extends TestClient {
  readonly server: FakeApiserver;
  readonly ref: ClusterRef;
  readonly cluster: Cluster;
}

export async function harness(
  options: { clock?: Clock; env?: NodeJS.ProcessEnv; user?: unknown } = {},
): Promise<Harness> {
  const server = await FakeApiserver.start();
  const test = await testClient(kubeconfigFor(server.url, options.user), options);
  const ref = refFor(server.url);
  return {
    ...test,
    server,
    ref,
    cluster: test.client.cluster(ref),
    async dispose() {
      await test.dispose();
      await server.stop();
    },
  };
}

export function namespace(name: string, phase = 'Active'): FakeObject {
  return { metadata: { name, uid: `uid-${name}` }, status: { phase } };
}

/** The requests that opened a watch: by listing all there is, or from a version on. */
export function watchesOpened(server: FakeApiserver): ('all' | 'resumed')[] {
  return server.requests
    .filter(({ url }) => url.searchParams.get('watch') === '1')
    .map(({ url }) => (url.searchParams.has('sendInitialEvents') ? 'all' : 'resumed'));
}
