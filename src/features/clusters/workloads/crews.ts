import { shownOf } from '../../../core/loadable.ts';
import type { ObjectStore } from '../../../domain/kubernetes/store.ts';
import type { Pod } from '../../../domain/kubernetes/model.ts';
import { workloadOf } from '../../../domain/kubernetes/workload-of.ts';
import { perObject } from '../../../ui/tree/per-object.ts';
import type { Opening } from '../opening.ts';
import type { UsageOf } from '../rows/usage.ts';

/** The pods of a namespace by the workload above them, as far as they are known: workloads do not wait for their pods. */
export interface Crews {
  of(kind: string, name: string): readonly Pod[];
  readonly usageOf: UsageOf;
}

export function crewsOf(opening: Opening, namespace: string): Crews {
  const pods: ObjectStore<Pod> = opening.watch('pods', namespace);
  const usageOf = opening.usage(namespace);
  return {
    of: (kind, name) => crewsIn(shownOf(pods.objects) ?? none).get(keyOf(kind, name)) ?? [],
    usageOf,
  };
}

const none: ReadonlyMap<string, Pod> = new Map();

/** Made once for each state of the store, whoever asks. */
const crewsIn = perObject((pods: ReadonlyMap<string, Pod>): ReadonlyMap<string, readonly Pod[]> => {
  const crews = new Map<string, Pod[]>();
  for (const pod of pods.values()) {
    const workload = workloadOf(pod);
    if (!workload) continue;
    const key = keyOf(workload.kind, workload.name);
    const crew = crews.get(key);
    if (crew) crew.push(pod);
    else crews.set(key, [pod]);
  }
  return crews;
});

function keyOf(kind: string, name: string): string {
  return `${kind}/${name}`;
}
