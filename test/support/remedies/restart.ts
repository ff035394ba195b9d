import type { KubernetesClient } from '../../../src/clients/kubernetes/clusters.ts';
import { valueOf } from '../../../src/core/loadable.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import { restartedAt } from '../../../src/domain/kubernetes/restarted-at.ts';
import type { JsonObject } from '../../../src/domain/remediation/json.ts';
import type { Lab } from '../../lab/lab.ts';
import { eventually } from '../eventually.ts';
import type { Remedy } from './remedy.ts';

const names = { object: 'orders', neighbour: 'shipping' } as const;

/** A deployment of one pod, which nobody has restarted. */
export function restartRemedy(lab: Lab, client: KubernetesClient, cluster: ClusterRef): Remedy {
  const kubectl = (...args: string[]) => lab.kubectl('-n', 'sock-shop', ...args);
  const watched = client.cluster(cluster).watch('deployments', 'sock-shop');
  const create = (name: string) => kubectl('create', 'deployment', name, '--image', `${name}:1`);
  return {
    request: {
      remediation: 'restart',
      pointer: { cluster, kind: 'Deployment', namespace: 'sock-shop', name: names.object },
      inputs: {},
    },
    async make() {
      await kubectl('delete', 'deployment', ...Object.values(names), '--ignore-not-found');
      await Promise.all(Object.values(names).map(create));
      const uids = await kubectl(
        'get',
        'deployment',
        ...Object.values(names),
        '-o',
        'jsonpath={.items[*].metadata.uid}',
      );
      const ready = () => {
        const known = valueOf(watched.store.objects);
        return uids.split(' ').every((uid) => known?.get(uid)?.available === 1);
      };
      await eventually(ready, (value) => value);
    },
    async content(of) {
      const { spec } = JSON.parse(await kubectl('get', 'deployment', names[of], '-o', 'json')) as { spec: JsonObject };
      return { spec };
    },
    async interfere() {
      const metadata = { annotations: { [restartedAt]: '2026-01-01T00:00:00Z' } };
      const patch = JSON.stringify({ spec: { template: { metadata } } });
      await kubectl('patch', 'deployment', names.object, '--type=merge', '-p', patch);
    },
    async touch() {
      await kubectl('annotate', 'deployment', names.object, 'team=blue');
    },
    async remove() {
      await kubectl('delete', 'deployment', names.object);
    },
    dispose: () => watched.dispose(),
  };
}
