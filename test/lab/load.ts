import * as v from 'valibot';
import type { KubeClient } from './cluster/client.ts';
import { type Loop, startLoop } from './process/loop.ts';
import { stressOn } from './stress.ts';

/** What customers ask of front-end in quiet times, and what one of its pods may use (its CPU limit), in millicores. */
const quietLoad = 100;
const podLimit = 500;
const usage = 'kwok.x-k8s.io/usage-cpu';
const pods = '/api/v1/namespaces/sock-shop/pods';

const Pod = v.object({
  metadata: v.object({
    name: v.string(),
    annotations: v.optional(v.record(v.string(), v.string()), {}),
    labels: v.record(v.string(), v.string()),
    deletionTimestamp: v.optional(v.string()),
  }),
  status: v.object({
    conditions: v.optional(v.array(v.object({ type: v.string(), status: v.string() })), []),
  }),
});
type Pod = v.InferOutput<typeof Pod>;

/** Keeps sharing the load of front-end among its ready pods, none above its limit. */
export function startLoad(client: KubeClient, onError: (error: unknown) => void): Loop {
  return startLoop(2000, () => shareLoad(client), onError);
}

async function shareLoad(client: KubeClient): Promise<void> {
  const all = await client.list(`${pods}?labelSelector=name%3Dfront-end`, Pod);
  const ready = all.filter(isReady);
  const [first] = ready;
  if (!first) return;
  const total = quietLoad + (await stressOn(client, 'sock-shop', first.metadata.labels));
  const share = `${Math.min(podLimit, Math.round(total / ready.length))}m`;
  const wrong = ready.filter(({ metadata }) => metadata.annotations[usage] !== share);
  await Promise.all(
    wrong.map(({ metadata }) =>
      client.mergePatch(`${pods}/${metadata.name}`, { metadata: { annotations: { [usage]: share } } }),
    ),
  );
}

function isReady({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True')
  );
}
