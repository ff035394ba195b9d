import { mapLoadable } from '../../../core/loadable.ts';
import { t } from '../../../core/l10n.ts';
import { podHealth } from '../../../domain/kubernetes/health.ts';
import type { Pod } from '../../../domain/kubernetes/model.ts';
import type { Branch } from '../../../ui/tree/model.ts';
import { perObject } from '../../../ui/tree/per-object.ts';
import type { Filter } from '../look/filter.ts';
import { filteredNodes } from '../look/nothing-matches.ts';
import { openedBranch } from '../opening.ts';
import { barredWords } from '../permissions.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { keptByName } from '../rows/order.ts';
import { podNode } from './pod-node.ts';

export interface PodsInit {
  readonly isMeant: (pod: Pod) => boolean;
  /** Was the row above asked for by the filter's words and labels? Then all of its pods were. */
  readonly isAskedFor?: () => boolean;
  readonly empty?: string;
}

/** Some pods of a namespace, with what they use. */
export function podsBranch(ports: ClustersPorts, { ref, namespace }: Place, init: PodsInit): Branch {
  const { isMeant, isAskedFor = () => false, empty = t('There are no pods.') } = init;
  return openedBranch(ports, ref, empty, (opening) => {
    const pods = opening.watch('pods', namespace);
    const usageOf = opening.usage(namespace);
    const barred = barredWords(opening, namespace);
    const passes = (pod: Pod, filter: Filter) =>
      isAskedFor() ? filter.isDue(podHealth(pod)) : filter.passes(pod, podHealth(pod));
    const order = keptByName<Pod>();
    const node = perObject((pod: Pod) => podNode(pod, opening.inside, usageOf, barred));
    return () =>
      mapLoadable(pods.objects, (all) => {
        const meant = [...all.values()].filter(isMeant);
        return filteredNodes(ports.looks, meant, { passes, order, node });
      });
  });
}
