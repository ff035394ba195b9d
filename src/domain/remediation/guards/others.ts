import type { Clock } from '../../../core/clock.ts';
import { isCancelled, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { Journal } from '../journal.ts';
import type { FieldWriter, TargetGuard } from '../observer.ts';
import { type Effect, type Plan, planLifetimeMs } from '../plan.ts';
import { replay } from '../run-reducer.ts';
import { isOutcome, type RunState } from '../run-state.ts';

export interface OthersPorts {
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'read'>;
  readonly guard: Pick<TargetGuard, 'writers'>;
}

/**
 * Warns of whoever else is at work on the plan's object. This machine: the runs of all its windows, which share a
 * journal. Other machines: every route writes under the field manager `jarvis`, and the API server notes when; what is
 * older than a plan lives says nothing any more.
 */
export async function othersAtWork(plan: Plan, ports: OthersPorts, signal: AbortSignal): Promise<readonly Effect[]> {
  const { clock, journal, guard } = ports;
  const paths = plan.changes.map(({ path }) => path);
  try {
    const [entries, writers] = await Promise.all([journal.read(), guard.writers(plan.target, paths, signal)]);
    const runs = [...replay(entries).values()].filter((run) => isOfObject(run, plan));
    return warningsOf(runs, writers, clock.now());
  } catch (error) {
    if (isCancelled(error)) throw error;
    return [
      warning(t('Whether somebody else is at work on this object is not known: {0}', toJarvisError(error).message)),
    ];
  }
}

function isOfObject({ plan: { target } }: RunState, plan: Plan): boolean {
  return target.uid === plan.target.uid && target.cluster.server === plan.target.cluster.server;
}

function warningsOf(runs: readonly RunState[], writers: readonly FieldWriter[], now: number): Effect[] {
  const running = runs.filter(({ phase }) => !isOutcome(phase));
  if (running.length > 0)
    return running.map(({ plan }) => warning(t('{0} is under way on this object, by {1}.', plan.title, plan.actor)));
  const isRecent = (at = 0) => now - at < planLifetimeMs;
  // what we wrote ourselves is known
  if (runs.some(({ times }) => isRecent(times.running))) return [];
  const theirs = writers.filter(({ manager, at }) => manager === 'jarvis' && isRecent(at));
  return theirs.map(({ at }) => {
    const seconds = Math.max(0, Math.round((now - at) / 1000));
    return warning(t('Jarvis on another machine changed this {0} s ago.', seconds));
  });
}

function warning(text: string): Effect {
  return { text, severity: 'warning' };
}
