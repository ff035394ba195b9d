import type { Clock } from '../../../core/clock.ts';
import { joined } from '../../../core/disposable.ts';
import { toJarvisError } from '../../../core/errors.ts';
import type { Event } from '../../../core/event.ts';
import { t } from '../../../core/l10n.ts';
import { errorOf, valueOf } from '../../../core/loadable.ts';
import type { AlarmSource } from '../../alarms/source.ts';
import type { Clusters } from '../../kubernetes/cluster.ts';
import type { KindMap } from '../../kubernetes/kind-map.ts';
import type { Lease } from '../../kubernetes/store.ts';
import type { ObjectInspector } from '../../kubernetes/inspector.ts';
import type { KubeObject } from '../../kubernetes/model.ts';
import type { Prober } from '../../waf/prober.ts';
import type { WafReader } from '../../waf/reader.ts';
import { eachChange, eachChangeOf } from '../each-change.ts';
import type { Observation } from '../expectation.ts';
import { type targetKinds, watchedUid } from '../target-kinds.ts';
import type { Target } from '../target.ts';

/** The real cluster and the real alarms. */
export interface ObservedWorld {
  readonly clusters: Clusters;
  readonly inspector: ObjectInspector;
  readonly alarms: AlarmSource;
  readonly waf: WafReader;
  readonly prober: Prober;
  readonly clock: Clock;
}

export type Seen = Omit<Observation, 'at'>;

export interface Looking {
  readonly world: ObservedWorld;
  readonly target: Target;
  readonly tell: (seen: Seen) => void;
  /** Ends the look. */
  readonly signal: AbortSignal;
}

/**
 * One of {@link Checks}: a file beside this one and a line in `checks.ts`. It looks at the real world
 * again and again and tells what it sees, until the signal fires.
 */
export type Check<P extends object> = (parameters: P, looking: Looking) => Promise<void>;

/**
 * Looks at every change of the target, or of what stands beside it, that their watches tell; says so where it cannot see.
 * Lets all of them go.
 */
export async function onEachChange<K extends Watched>(
  kind: K,
  { world, target, tell, signal }: Looking,
  look: (object: KindMap[K]) => Seen | Promise<Seen>,
  beside: readonly Lease<KubeObject>[] = [],
): Promise<void> {
  const lease = world.clusters.cluster(target.cluster).watch(kind, target.namespace);
  try {
    await eachChange(eitherChange(lease, beside), target.uid, signal, async () => {
      const { objects } = lease.store;
      const object = valueOf(objects)?.get(target.uid);
      const error = errorOf(objects);
      if (error) tell({ met: false, seen: error.message });
      else if (object) tell(await orTrouble(() => look(object)));
      else if (objects.state === 'ready') tell({ met: false, seen: t('{0} was deleted', target.name) });
    });
  } finally {
    joined([lease, ...beside]).dispose();
  }
}
type Watched = (typeof targetKinds)[keyof typeof targetKinds];

/** Of any object of these. */
export function anyChange(leases: readonly Lease<KubeObject>[]): Event<undefined> {
  return (listener) => joined(leases.map(({ store }) => store.onDidChange(() => listener(undefined))));
}

/** What stands beside the target may matter whichever object of it has changed. */
function eitherChange({ store }: Lease<KubeObject>, beside: readonly Lease<KubeObject>[]): Event<Changed> {
  return (listener) => joined([store.onDidChange(listener), anyChange(beside)(listener)]);
}
type Changed = ReadonlySet<string> | undefined;

/** The same for looks that read for themselves, whatever the target's kind is. */
export async function onEachChangeOfTarget(
  { world, target, tell, signal }: Looking,
  look: () => Promise<Seen>,
): Promise<void> {
  await eachChangeOf(target, world.clusters, signal, async (objects) => {
    const error = errorOf(objects);
    const uid = watchedUid(target);
    const there = uid === undefined ? valueOf(objects) : valueOf(objects)?.get(uid);
    if (error) tell({ met: false, seen: error.message });
    else if (there) tell(await orTrouble(look));
    else if (objects.state === 'ready') tell({ met: false, seen: t('{0} was deleted', target.name) });
  });
}

/** A look that fails is told as what was seen; the next one comes with the next change, or in its time. */
export async function orTrouble(look: () => Seen | Promise<Seen>): Promise<Seen> {
  try {
    return await look();
  } catch (error) {
    return { met: false, seen: toJarvisError(error).message };
  }
}

/** All that is watched beside the target; undefined: not known yet. @throws JarvisError why it cannot be seen now */
export function allOf<T extends KubeObject>({ store: { objects } }: Lease<T>): readonly T[] | undefined {
  const error = errorOf(objects);
  if (error) throw error;
  const all = valueOf(objects);
  return all && [...all.values()];
}
