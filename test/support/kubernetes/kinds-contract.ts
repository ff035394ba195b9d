import assert from 'node:assert/strict';
import type { KubernetesClient } from '../../../src/clients/kubernetes/clusters.ts';
import type { ClientOptions } from '../../../src/clients/kubernetes/client-options.ts';
import { Engine } from '../../../src/clients/kubernetes/engine.ts';
import { kinds } from '../../../src/clients/kubernetes/kinds/kinds.ts';
import type { Transport } from '../../../src/clients/kubernetes/transport.ts';
import { accepted, decodeList } from '../../../src/clients/kubernetes/watch-stream.ts';
import { valueOf } from '../../../src/core/loadable.ts';
import { apiPath } from '../../../src/domain/kubernetes/api-path.ts';
import type { Kind, KindMap } from '../../../src/domain/kubernetes/kind-map.ts';
import type { ClusterRef, KubeObject } from '../../../src/domain/kubernetes/model.ts';
import type { Lab } from '../../lab/lab.ts';
import { eventually } from '../eventually.ts';
import { secretValue } from './one-of-each.ts';

interface World {
  readonly lab: Lab;
  readonly client: KubernetesClient;
  readonly ref: ClusterRef;
  readonly options: ClientOptions;
}

/** What holds of every kind, in a real cluster that has {@link oneOfEach}. */
export function kindsContract(world: () => World): void {
  const { signal } = new AbortController();
  const cluster = () => world().client.cluster(world().ref);

  async function withTransport(use: (transport: Transport) => Promise<void>): Promise<void> {
    const engine = new Engine(world().options);
    try {
      await use(engine.connection(world().ref).transport);
    } finally {
      engine.dispose();
    }
  }

  /** The one object of {@link oneOfEach} once it is as it should be. */
  function each<K extends Kind>(kind: K, ready: (object: KindMap[K]) => boolean, name = 'each'): Promise<KindMap[K]> {
    const lease = cluster().watch(kind, kind === 'nodes' ? undefined : 'kinds');
    const find = () => [...(valueOf(lease.store.objects)?.values() ?? [])].find((one) => one.name === name);
    return eventually(find, (object) => object !== undefined && ready(object), 60_000).then((object) => {
      lease.dispose();
      assert(object);
      return object;
    });
  }

  it('reads a pod with its init container, its sidecar and all that it uses', async () => {
    const pod = await each('pods', ({ phase }) => phase === 'Running');
    assert.deepEqual(
      pod.containers.map(({ name, role, requests }) => [name, role, requests]),
      [
        ['main', 'main', { cpu: 100, memory: 64 * 2 ** 20 }],
        ['prepare', 'init', {}],
        ['proxy', 'sidecar', { cpu: 50 }],
      ],
    );
    assert.equal(pod.containers[0]?.state.kind, 'running');
    assert.deepEqual(pod.uses.map(({ kind, name }) => `${kind} ${name}`).sort(), [
      'ConfigMap in-env',
      'ConfigMap in-volume',
      'ConfigMap projected',
      'PersistentVolumeClaim each',
      'Secret in-env-from',
      'Secret in-volume',
      'Secret projected',
    ]);
  });

  it('reads how workloads, storage, routes and warnings are', async () => {
    const set = await each('statefulsets', ({ ready }) => ready === 2);
    assert.deepEqual([set.wanted, set.available, set.updated, set.template.containers[0]?.image], [2, 2, 2, 'main:1']);
    assert.equal((await each('daemonsets', ({ ready }) => ready === 3)).wanted, 3);
    const { completions, conditions } = await each('jobs', (job) => job.succeeded + job.active > 0);
    assert.deepEqual([completions, conditions.filter(({ type }) => type === 'Failed')], [1, []]);
    const { schedule, timeZone } = await each('cronjobs', () => true);
    assert.deepEqual([schedule, timeZone], ['0 3 1 1 *', 'Asia/Seoul']);
    const claim = await each('persistentvolumeclaims', ({ phase }) => phase === 'Bound');
    assert.deepEqual([claim.volume, claim.capacity, claim.requested], ['each', 2 ** 30, 2 ** 30]);
    const { ports } = await each('services', () => true);
    assert.deepEqual(
      ports.map(({ port, targetPort }) => [port, targetPort]),
      [
        [80, 'web'],
        [81, '8081'],
      ],
    );
    const backend = { service: 'each', port: 'http' };
    const ingress = await each('ingresses', () => true);
    assert.deepEqual(ingress.rules, [
      { host: 'shop.example.com', path: '/', pathType: 'Prefix', ...backend },
      { host: '', path: '', pathType: '', ...backend },
    ]);
    const told = [await each('warnings', () => true), await each('warnings', () => true, 'each-new')];
    assert.deepEqual(
      told.map(({ count, message, firstAt, lastAt }) => [count, message, lastAt - firstAt]),
      [
        [3, 'of the old API', 300_000],
        [7, 'of the new API', 540_531],
      ],
    );
    const [node] = valueOf(cluster().watch('nodes').store.objects)?.values() ?? [];
    assert.match(node?.kubeletVersion ?? '', /^\S+/);
  });

  for (const kind of ['secrets', 'configmaps'] as const)
    it(`follows ${kind} without ever being sent a value`, async () => {
      const before = await each(kind, () => true);
      await world().lab.kubectl('patch', kind, 'each', '-n', 'kinds', '-p', '{"data":{"more":"YQ=="}}');
      const after = await each(kind, ({ resourceVersion }) => resourceVersion !== before.resourceVersion);
      assert(after.changedAt >= before.changedAt);

      await withTransport(async (transport) => {
        const path = apiPath(kinds[kind], 'kinds');
        const check = async (of: 'watch' | 'list', plain: boolean) => {
          const query = of === 'watch' ? { watch: '1', timeoutSeconds: '1' } : {};
          const accept = accepted(of, kinds[kind], plain);
          const { contentType, body } = await transport.bytes({ path, query, accept }, signal);
          assert.equal(contentType.includes('protobuf'), !plain);
          assert(body.includes('each'));
          assert(!body.includes(secretValue) && !body.includes(Buffer.from(secretValue, 'base64')));
        };
        await Promise.all([check('list', false), check('list', true), check('watch', false), check('watch', true)]);
      });
    });

  for (const name of Object.keys(kinds) as Kind[])
    it(`projects ${name} from protobuf as from JSON, field by field`, async () => {
      await withTransport(async (transport) => {
        const kind = kinds[name];
        const read = async (accept: string) => {
          const query = { labelSelector: kind.labelSelector, fieldSelector: kind.fieldSelector };
          const { contentType, body } = await transport.bytes({ path: apiPath(kind), query, accept }, signal);
          assert(contentType.startsWith(/^[^;,]*/.exec(accept)?.[0] ?? ''), contentType);
          return decodeList<KubeObject>(kind, contentType, body);
        };
        const [binary, json] = [await read(accepted('list', kind, false)), await read(accepted('list', kind, true))];
        const known = new Map(json.items.map(({ object }) => [object.resourceVersion, object]));
        const pairs = binary.items.flatMap(({ object }) => {
          const same = known.get(object.resourceVersion);
          return same ? [[object, same] as const] : [];
        });
        assert(pairs.length > 0);
        for (const [left, right] of pairs) assert.deepEqual(left, right);
      });
    });
}
