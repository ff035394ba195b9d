import type { Container, Pod } from '../kubernetes/model.ts';
import type { ObjectRef } from '../kubernetes/object-ref.ts';
import { controllerOf, workloadOf } from '../kubernetes/workload-of.ts';

/** One container whose lines are in the view. */
export interface LogSource {
  readonly pod: string;
  /** The pod's UID: one of the same name is another source. */
  readonly uid: string;
  readonly container: string;
  readonly state: SourceState;
}

/**
 * `none`: there is no run before this one. `cut`: the stream broke and is asked for again, nothing is lost.
 * `failed`: it is not asked again before a person wants it to be.
 */
export interface SourceState {
  readonly kind: 'connecting' | 'live' | 'cut' | 'waiting' | 'paused' | 'ended' | 'gone' | 'none' | 'failed';
  /** Why, in the user's language; the server's words where there are any. */
  readonly message?: string;
}

/** Is it a pod of the object: itself, or one that the workload controls (a Deployment through its ReplicaSets)? */
export function isPodOf(object: Pick<ObjectRef, 'kind' | 'name'>, pod: Pod): boolean {
  if (object.kind === 'Pod') return pod.name === object.name;
  return [controllerOf(pod), workloadOf(pod)].some((over) => over?.kind === object.kind && over.name === object.name);
}

/** What the container does now, as far as its log is concerned. */
export type Activity = 'running' | 'ended' | 'gone';

/** A container that waits to be started again is not over: its last run's log is read as its own. */
export function activityOf(pod: Pod | undefined, name: string): Activity {
  if (!pod) return 'gone';
  const container = pod.containers.find((one) => one.name === name);
  const over = pod.phase === 'Succeeded' || pod.phase === 'Failed';
  return over || container?.state.kind === 'terminated' ? 'ended' : 'running';
}

/** The containers to read: the one that is asked for, or all, init containers first as they run. */
export function containersOf({ containers }: Pod, wanted: string | undefined): readonly Container[] {
  if (wanted !== undefined) return containers.filter(({ name }) => name === wanted);
  const rank = ({ role }: Container) => (role === 'main' ? 1 : 0);
  return containers.toSorted((a, b) => rank(a) - rank(b));
}

/** A name that tells the sources of one view apart, as short as that goes. */
export function labelOf(
  { pod, container }: LogSource,
  object: Pick<ObjectRef, 'kind' | 'name'>,
  several: boolean,
): string {
  if (object.kind === 'Pod') return container;
  const prefix = `${object.name}-`;
  const short = pod.startsWith(prefix) ? pod.slice(prefix.length) : pod;
  return several ? `${short}/${container}` : short;
}
