import { DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { mapLoadable, valueOf } from '../../core/loadable.ts';
import type { ClusterRef, Pod, Usage } from '../../domain/kubernetes/model.ts';
import type { Branch } from '../../ui/tree/model.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { byName } from './order.ts';
import { podNode } from './pod-node.ts';
import { clusterPorts, type ClustersPorts } from './ports.ts';
import { openedBranch } from './watched.ts';

/** Some pods of a namespace, with what they use. Rows do not wait for the usage, nor fail with it. */
export function podsBranch(
  ports: ClustersPorts,
  ref: ClusterRef,
  namespace: string,
  isMeant: (pod: Pod) => boolean,
): Branch {
  return openedBranch(t('There are no pods.'), (changed) => {
    const inside = clusterPorts(ports, ref);
    const store = new DisposableStore();
    const pods = store.add(inside.cluster.watch('pods', namespace));
    const usage = store.add(inside.cluster.usage('pods', namespace));
    store.add(pods.store.onDidChange(changed));
    store.add(usage.store.onDidChange(changed));
    const usageOf = (pod: Pod): Usage | undefined => valueOf(usage.store.usage)?.get(`${namespace}/${pod.name}`);
    const nodeOf = perObject((pod: Pod) => podNode(pod, inside, () => usageOf(pod)));
    return {
      read: () => mapLoadable(pods.store.objects, (all) => byName([...all.values()].filter(isMeant)).map(nodeOf)),
      dispose: () => store.dispose(),
    };
  });
}
