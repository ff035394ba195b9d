import { JarvisError } from '../../core/errors.ts';
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

/** The object of that name. @throws JarvisError kube.notFound */
export function named<T extends KubeObject>(objects: Iterable<T>, kind: string, namespace: string, name: string): T {
  for (const object of objects) if (object.name === name && object.namespace === namespace) return object;
  throw new JarvisError({ code: 'kube.notFound', message: t('There is no {0} {1} in {2}.', kind, name, namespace) });
}
