import type { JarvisError } from './errors.ts';

/**
 * What is known of something that lives on a server. `stale` still has a value, and says since when it is old and why;
 * an empty value is only ever shown in `ready`, when the server said "empty".
 * A list that is `loading` may show its first entries as `partial`: good for looking at, never for concluding that
 * something is not there; it has no {@link valueOf}.
 * Times are milliseconds since the epoch.
 */
export type Loadable<T> =
  | { readonly state: 'loading'; readonly partial?: T }
  | { readonly state: 'ready'; readonly value: T; readonly at: number }
  | { readonly state: 'stale'; readonly value: T; readonly since: number; readonly error: JarvisError }
  | { readonly state: 'failed'; readonly error: JarvisError };

export const loading: Loadable<never> = { state: 'loading' };

/** The value if there is one, whole, fresh or stale. */
export function valueOf<T>(loadable: Loadable<T>): T | undefined {
  return loadable.state === 'ready' || loadable.state === 'stale' ? loadable.value : undefined;
}

/** All that can be shown: the value, or what has come of it so far. */
export function shownOf<T>(loadable: Loadable<T>): T | undefined {
  return loadable.state === 'loading' ? loadable.partial : valueOf(loadable);
}

/** The error if there is one. */
export function errorOf<T>(loadable: Loadable<T>): JarvisError | undefined {
  return loadable.state === 'stale' || loadable.state === 'failed' ? loadable.error : undefined;
}

/** The next state after a failure: a value that was there stays, marked stale since the first failure. */
export function failed<T>(previous: Loadable<T>, error: JarvisError, now: number): Loadable<T> {
  if (previous.state === 'ready') return { state: 'stale', value: previous.value, since: now, error };
  if (previous.state === 'stale') return { ...previous, error };
  return { state: 'failed', error };
}

/** The same state about a part or another form of the value; what is partial stays partial. */
export function mapLoadable<T, U>(loadable: Loadable<T>, map: (value: T) => U): Loadable<U> {
  if (loadable.state === 'failed') return loadable;
  if (loadable.state !== 'loading') return { ...loadable, value: map(loadable.value) };
  return loadable.partial === undefined ? loading : { state: 'loading', partial: map(loadable.partial) };
}
