import type { Clock } from '../../../core/clock.ts';
import { isCancelled, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { isOfJarvis } from '../../kubernetes/field-managers.ts';
import { durationInWords } from '../duration-in-words.ts';
import { warning } from '../effect.ts';
import type { Journal } from '../journal.ts';
import type { Mark, TargetGuard } from '../observer.ts';
import type { Effect, Plan } from '../plan.ts';
import { replay } from '../run-reducer.ts';
import { isOutcome, type RunState } from '../run-state.ts';

export interface OthersPorts {
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'read'>;
  readonly guard: Pick<TargetGuard, 'mark'>;
}

/**
 * For so long after its write a plan may still be at work: it waits for what it changed (half a minute) and for a recovery
 * (ten minutes, longer where pods are slow to start; `expectations.ts` of each remedy).
 */
export const verifiesForMs = 15 * 60_000;

/**
 * Warns of whoever else is at work on the plan's object. This machine: the runs of all its windows, which share a
 * journal. Other machines: the mark that every route writes with its change, and when the API server noted it.
 */
export async function othersAtWork(plan: Plan, ports: OthersPorts, signal: AbortSignal): Promise<readonly Effect[]> {
  const { clock, journal, guard } = ports;
  try {
    const [entries, mark] = await Promise.all([journal.read(), guard.mark(plan.target, signal)]);
    const known = replay(entries);
    const ours = [...known.values()].filter((run) => isOfObject(run, plan)).flatMap(underWay);
    // what this machine knows of is told of above, or has ended
    return mark && !known.has(mark.planId) ? [...ours, ...afar(mark, clock.now())] : ours;
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

function underWay({ phase, plan: { title, actor } }: RunState): Effect[] {
  return isOutcome(phase) ? [] : [warning(t('{0} is under way on this object, by {1}.', title, actor))];
}

/** Whatever brings an old mark back (`kubectl rollout undo` does, for one) is no plan at work. */
function afar({ planId, manager, at }: Mark, now: number): Effect[] {
  if (!isOfJarvis(manager) || now - at >= verifiesForMs) return [];
  const text = t(
    'Plan {0} of a Jarvis on another machine changed this {1} ago and may still be under way ({2}).',
    planId,
    durationInWords(now - at),
    manager,
  );
  return [warning(text)];
}
