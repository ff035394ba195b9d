import type { Event } from '../../core/event.ts';
import type { Clusters } from '../kubernetes/cluster.ts';
import type { KindMap } from '../kubernetes/kind-map.ts';
import type { ObjectStore } from '../kubernetes/store.ts';
import { targetKinds, watchedUid } from './target-kinds.ts';
import type { Target } from './target.ts';

type TargetStore = ObjectStore<KindMap[(typeof targetKinds)[keyof typeof targetKinds]]>;

/**
 * Calls at once and after each change of the target that the cluster's shared watch tells, until the signal fires. Where
 * the target is not itself what is watched, any change there may be one of it.
 */
export async function eachChangeOf(
  target: Target,
  clusters: Pick<Clusters, 'cluster'>,
  signal: AbortSignal,
  call: (objects: TargetStore['objects']) => Promise<void>,
): Promise<void> {
  const { cluster, kind, namespace } = target;
  const lease = clusters.cluster(cluster).watch(targetKinds[kind], namespace);
  const store: TargetStore = lease.store;
  try {
    await eachChange(store.onDidChange, watchedUid(target), signal, () => call(store.objects));
  } finally {
    lease.dispose();
  }
}

/**
 * Calls at once and after each change of the object (or of the store's state; without a UID, of any object), one call at a
 * time, until the signal fires. Fails as soon as one of them does.
 */
export function eachChange(
  event: Event<ReadonlySet<string> | undefined>,
  uid: string | undefined,
  signal: AbortSignal,
  call: () => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let busy = false;
    let again = false;
    const run = async () => {
      again = busy;
      if (busy || signal.aborted) return;
      busy = true;
      await call();
      busy = false;
      if (again) start();
    };
    const start = () => void run().catch(fail);
    const listener = event((changed) => {
      if (!changed || uid === undefined || changed.has(uid)) start();
    });
    const fail = (error: Error) => {
      listener.dispose();
      reject(error);
    };
    const stop = () => {
      listener.dispose();
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    start();
  });
}
