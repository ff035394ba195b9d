import { JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { whenKnown } from '../../core/when-known.ts';
import type { Cluster } from './cluster.ts';
import type { Kind, KindMap } from './kind-map.ts';
import type { KubeObject } from './model.ts';

/** All objects of a kind, once. The watch is shared with whoever holds it, and let go afterwards. */
export async function once<K extends Kind>(
  cluster: Pick<Cluster, 'watch'>,
  kind: K,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<readonly KindMap[K][]> {
  const lease = namespace === undefined ? cluster.watch(kind) : cluster.watch(kind, namespace);
  try {
    const { store } = lease;
    return [...(await whenKnown(() => store.objects, store.onDidChange, signal)).values()];
  } finally {
    lease.dispose();
  }
}

/** None where the kind is not served. Undefined: this user may not look. @throws JarvisError kube.*, CancelledError */
export async function onceIfSeen<K extends Kind>(...asked: Parameters<typeof once<K>>) {
  try {
    return await once<K>(...asked);
  } catch (error) {
    const { code } = toJarvisError(error);
    if (code === 'kube.notFound') return [];
    if (code === 'kube.forbidden') return undefined;
    throw error;
  }
}

/** The object of that name. @throws JarvisError kube.notFound */
export function named<T extends KubeObject>(objects: Iterable<T>, kind: string, namespace: string, name: string): T {
  for (const object of objects) if (object.name === name && object.namespace === namespace) return object;
  throw new JarvisError({ code: 'kube.notFound', message: t('There is no {0} {1} in {2}.', kind, name, namespace) });
}
