import type { KubernetesClient } from '../../../src/clients/kubernetes/clusters.ts';
import { valueOf } from '../../../src/core/loadable.ts';
import type { Lease } from '../../../src/domain/kubernetes/store.ts';
import type { ClusterRef, Hpa } from '../../../src/domain/kubernetes/model.ts';
import type { JsonObject } from '../../../src/domain/remediation/json.ts';
import type { Lab } from '../../lab/lab.ts';
import { eventually } from '../eventually.ts';
import type { Remedy } from './remedy.ts';

const names = { object: 'front-end', neighbour: 'catalogue' } as const;

/** From 4 replicas at most to 3. */
export function scaleHpaRemedy(lab: Lab, client: KubernetesClient, cluster: ClusterRef): Remedy {
  const kubectl = (...args: string[]) => lab.kubectl('-n', 'sock-shop', ...args);
  const watched: Lease<Hpa> = client.cluster(cluster).watch('horizontalpodautoscalers', 'sock-shop');
  const autoscale = (name: string) => kubectl('autoscale', 'deployment', name, '--min', '2', '--max', '4');
  return {
    request: {
      remediation: 'scaleHpa',
      pointer: { cluster, kind: 'HorizontalPodAutoscaler', namespace: 'sock-shop', name: names.object },
      inputs: { maxReplicas: 3 },
    },
    async make() {
      await kubectl('delete', 'hpa', ...Object.values(names), '--ignore-not-found');
      await Promise.all(Object.values(names).map(autoscale));
      // planning reads what the watch has brought
      const uids = (await kubectl('get', 'hpa', '-o', 'jsonpath={.items[*].metadata.uid}')).split(' ').sort().join();
      const seen = () => [...(valueOf(watched.store.objects)?.keys() ?? [])].sort().join();
      await eventually(seen, (value) => value === uids);
    },
    async content(of) {
      const { spec } = JSON.parse(await kubectl('get', 'hpa', names[of], '-o', 'json')) as { spec: JsonObject };
      return { spec };
    },
    async interfere() {
      await kubectl('patch', 'hpa', names.object, '--type=merge', '-p', '{"spec":{"maxReplicas":6}}');
    },
    async touch() {
      await kubectl('annotate', 'hpa', names.object, 'team=blue');
    },
    async remove() {
      await kubectl('delete', 'hpa', names.object);
    },
    dispose: () => watched.dispose(),
  };
}
