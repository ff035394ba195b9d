import * as v from 'valibot';
import { ApiError, type KubeClient } from './cluster/client.ts';

const collection = '/apis/chaos-mesh.org/v1alpha1/namespaces/sock-shop/stresschaos';
const name = 'front-end-cpu';
/** Two workers at three quarters of a core: 1500m, shared by the pods of front-end. */
const cpu = { workers: 2, load: 75 };

/** Begins or ends the stress of the story: a StressChaos on front-end. Asking for what is already so does nothing. */
export async function setStress(client: KubeClient, on: boolean): Promise<void> {
  try {
    await (on ? client.create(stressChaos()) : client.remove(`${collection}/${name}`));
  } catch (error) {
    if (!(error instanceof ApiError && error.status === (on ? 409 : 404))) throw error;
  }
}

const stressChaos = () => ({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'StressChaos',
  metadata: { name, namespace: 'sock-shop' },
  spec: {
    mode: 'all',
    selector: { namespaces: ['sock-shop'], labelSelectors: { name: 'front-end' } },
    stressors: { cpu },
    duration: '1h',
  },
});

const StressChaos = v.object({
  metadata: v.object({
    namespace: v.string(),
    annotations: v.optional(v.record(v.string(), v.string()), {}),
    deletionTimestamp: v.optional(v.string()),
  }),
  spec: v.object({
    selector: v.object({
      namespaces: v.optional(v.array(v.string())),
      labelSelectors: v.optional(v.record(v.string(), v.string()), {}),
    }),
    stressors: v.object({ cpu: v.optional(v.object({ workers: v.number(), load: v.optional(v.number(), 100) })) }),
  }),
});

/** The millicores that the StressChaos objects add to pods with these labels; paused ones add nothing. */
export async function stressOn(client: KubeClient, namespace: string, labels: Record<string, string>): Promise<number> {
  const all = await client.list('/apis/chaos-mesh.org/v1alpha1/stresschaos', StressChaos);
  return all
    .filter(({ metadata, spec }) => {
      const namespaces = spec.selector.namespaces ?? [metadata.namespace];
      const active =
        metadata.deletionTimestamp === undefined && metadata.annotations['experiment.chaos-mesh.org/pause'] !== 'true';
      const selected = Object.entries(spec.selector.labelSelectors).every(([key, value]) => labels[key] === value);
      return active && selected && namespaces.includes(namespace);
    })
    .reduce((sum, { spec }) => sum + (spec.stressors.cpu?.workers ?? 0) * (spec.stressors.cpu?.load ?? 0) * 10, 0);
}
