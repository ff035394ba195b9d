import { isCancelled } from '../../core/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { once } from '../kubernetes/once.ts';
import { isJsonObject, type JsonObject } from '../remediation/json.ts';
import type { LiveObject } from './compare.ts';
import type { ManifestObject } from './manifest.ts';

/** Objects by kind and name, "Deployment web". */
type Scaled = ReadonlySet<string>;

/** What HPAs of the namespace scale; nothing where they may not be listed. @throws CancelledError */
export async function scaledIn(
  cluster: Pick<Cluster, 'watch'>,
  namespace: string,
  signal: AbortSignal,
): Promise<Scaled> {
  try {
    const hpas = await once(cluster, 'horizontalpodautoscalers', namespace, signal);
    return new Set(hpas.map(({ target }) => `${target.kind} ${target.name}`));
  } catch (error) {
    if (isCancelled(error)) throw error;
    return new Set();
  }
}

/**
 * The live objects with the replicas that their manifests name where an HPA sets them: whatever a chart says of these holds
 * until the HPA acts, seconds later. Source: kubernetes.io, "Migrating Deployments and StatefulSets to horizontal autoscaling".
 * @param tell is given each object whose replicas are others than its manifest names
 */
export function withoutScaling(
  live: LiveObject,
  { scaled, namespace }: { readonly scaled: Scaled; readonly namespace: string },
  tell: (object: string) => void,
): LiveObject {
  return async (object) => {
    const now = await live(object);
    const name = `${object.kind} ${object.name}`;
    const isHome = object.namespace === '' || object.namespace === namespace;
    if (typeof now !== 'object' || !isHome || !scaled.has(name)) return now;
    const meant = replicasOf(object.json);
    if (meant === undefined || meant === replicasOf(now)) return now;
    tell(name);
    return { ...now, spec: { ...specOf(now), replicas: meant } };
  };
}

function specOf({ spec }: JsonObject): JsonObject {
  return isJsonObject(spec) ? spec : {};
}

function replicasOf(object: ManifestObject['json']) {
  return specOf(object)['replicas'];
}
