import type { Clock } from '../../core/clock.ts';
import { throwIfCancelled } from '../../core/async.ts';
import { CancelledError } from '../../core/errors.ts';
import type { Expectation, Observation, Tick } from './expectation.ts';
import type { Observer } from './observer.ts';
import type { Plan } from './plan.ts';

/** Told of each tick whenever it changes. */
export type TickListener = (tick: Tick) => void;

interface Watching {
  readonly plan: Plan;
  readonly observer: Observer;
  readonly clock: Clock;
  readonly onTick: TickListener;
  readonly signal: AbortSignal;
}

/**
 * Watches every expectation of a plan in its own window, and returns how each of them ended. What must change is watched
 * first: a recovery seen before the change proves nothing, so recovery windows open when the change was seen.
 */
export async function verify(watching: Watching, ticks: readonly Tick[]): Promise<readonly Tick[]> {
  const stop = new AbortController();
  const all = { ...watching, signal: AbortSignal.any([watching.signal, stop.signal]) };
  try {
    const changes = await watchRole(all, ticks, 'change');
    if (changes.some((tick) => tick.state !== 'met')) return merge(ticks, changes);
    const recoveries = await watchRole(all, ticks, 'recovery');
    return merge(ticks, [...changes, ...recoveries]);
  } finally {
    // when one cannot be watched, the others are not watched on
    stop.abort();
  }
}

async function watchRole(watching: Watching, ticks: readonly Tick[], role: Tick['role']): Promise<Tick[]> {
  throwIfCancelled(watching.signal);
  const expectations = watching.plan.expectations.filter((expectation) => expectation.role === role);
  return Promise.all(
    expectations.map(async (expectation) => {
      const known = ticks.find((tick) => tick.id === expectation.id);
      // After a reload of the window: what was seen before stays seen.
      return known?.state === 'met' ? known : watchOne(watching, expectation);
    }),
  );
}

/** One expectation: `watching` at once, `met` at the first look that holds, `missed` when its window closes. */
function watchOne({ plan, observer, clock, onTick, signal }: Watching, expectation: Expectation): Promise<Tick> {
  const { id, role, label, withinMs } = expectation;
  const stop = new AbortController();
  const signals = AbortSignal.any([signal, stop.signal]);
  let tick: Tick = { id, role, label, withinMs, state: 'watching', startedAt: clock.now() };
  onTick(tick);
  return new Promise((resolve, reject) => {
    const end = (state: 'met' | 'missed', at: number) => {
      deadline.dispose();
      stop.abort();
      tick = { ...tick, state, endedAt: at };
      onTick(tick);
      resolve(tick);
    };
    const deadline = clock.after(withinMs, () => end('missed', clock.now()));
    const report = ({ met, seen, at }: Observation) => {
      if (tick.state !== 'watching' || signals.aborted) return;
      tick = { ...tick, seen };
      if (met) end('met', at);
      else onTick(tick);
    };
    const giveUp = (error: unknown) => {
      if (tick.state !== 'watching') return;
      deadline.dispose();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    // the window goes: whoever opens the next one watches anew
    signal.addEventListener('abort', () => giveUp(new CancelledError()), { once: true });
    observer.observe(expectation, plan.target, report, signals).catch(giveUp);
  });
}

function merge(all: readonly Tick[], news: readonly Tick[]): readonly Tick[] {
  return all.map((tick) => news.find((other) => other.id === tick.id) ?? tick);
}
