import { CancelledError, JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { valueOf } from '../../core/loadable.ts';
import type { Cluster, Kind, KindMap, ObjectStore } from './cluster.ts';
import type { KubeObject } from './model.ts';

/** Waits until the store knows its objects, or that it cannot. @throws JarvisError what the store failed with */
export function settled<T extends KubeObject>(
  store: ObjectStore<T>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, T>> {
  return new Promise((resolve, reject) => {
    const done = (end: () => void) => {
      listener.dispose();
      signal.removeEventListener('abort', cancel);
      end();
    };
    const cancel = () => done(() => reject(new CancelledError()));
    const look = () => {
      const { objects } = store;
      const value = valueOf(objects);
      if (value) done(() => resolve(value));
      else if (objects.state === 'failed') done(() => reject(objects.error));
    };
    const listener = store.onDidChange(look);
    if (signal.aborted) cancel();
    else {
      signal.addEventListener('abort', cancel, { once: true });
      look();
    }
  });
}

/** All objects of a kind, once. The watch is shared with whoever holds it, and let go afterwards. */
export async function once<K extends Kind>(
  cluster: Cluster,
  kind: K,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<readonly KindMap[K][]> {
  const lease = namespace === undefined ? cluster.watch(kind) : cluster.watch(kind, namespace);
  try {
    return [...(await settled(lease.store, signal)).values()];
  } finally {
    lease.dispose();
  }
}

/** The object of that name. @throws JarvisError kube.notFound */
export function named<T extends KubeObject>(objects: Iterable<T>, kind: string, namespace: string, name: string): T {
  for (const object of objects) if (object.name === name && object.namespace === namespace) return object;
  throw new JarvisError({ code: 'kube.notFound', message: t('There is no {0} {1} in {2}.', kind, name, namespace) });
}
