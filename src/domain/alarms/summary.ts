import type { JarvisError } from '../../core/errors.ts';
import { errorOf, valueOf } from '../../core/loadable.ts';
import { alarmStates } from './order.ts';
import type { AlarmState } from './model.ts';
import type { ScopeAlarms } from './source.ts';

/** What the status bar says about all scopes at once. */
export interface AlarmSummary {
  /**
   * `ALARM` wins over all, since a known fire is a fire. Then `unknown` (some scope cannot be read: its alarms may be
   * anything), `loading`, and only then what the readable scopes say. `none`: there is no scope, or no alarm.
   */
  readonly worst: AlarmState | 'unknown' | 'loading' | 'none';
  /** Of what is known, stale values included. */
  readonly counts: Readonly<Record<AlarmState, number>>;
  readonly problems: readonly { readonly scope: string; readonly error: JarvisError }[];
}

export function summarize(scopes: readonly ScopeAlarms[]): AlarmSummary {
  const counts = { ALARM: 0, INSUFFICIENT_DATA: 0, OK: 0 };
  for (const scope of scopes) for (const alarm of valueOf(scope.alarms)?.values() ?? []) counts[alarm.state]++;
  const problems = scopes.flatMap(({ scope, alarms }) => {
    const error = errorOf(alarms);
    return error ? [{ scope: scope.label, error }] : [];
  });
  return { worst: worstOf(scopes, counts, problems.length > 0), counts, problems };
}

function worstOf(
  scopes: readonly ScopeAlarms[],
  counts: AlarmSummary['counts'],
  someUnknown: boolean,
): AlarmSummary['worst'] {
  if (counts.ALARM > 0) return 'ALARM';
  if (someUnknown) return 'unknown';
  if (scopes.some(({ alarms }) => alarms.state === 'loading')) return 'loading';
  return alarmStates.find((state) => counts[state] > 0) ?? 'none';
}
