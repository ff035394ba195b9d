import type { Container, Pod } from '../kubernetes/model.ts';
import type { ObjectRef } from '../kubernetes/object-ref.ts';

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

/** What the container does now, as far as its log is concerned. */
export type Activity = 'running' | 'ended' | 'gone';

/**
 * Of a container of this pod; null: it is gone, undefined: nothing is known of it.
 * A container that waits to be started again is not over: its last run's log is read as its own.
 */
export function activityOf(pod: Pod | null | undefined, name: string): Activity {
  if (pod === null) return 'gone';
  if (!pod) return 'running';
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
