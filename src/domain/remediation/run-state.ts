import type { Tick } from './expectation.ts';
import type { Unlock } from './guards/lock-event.ts';
import type { Plan } from './plan.ts';
import type { RouteHandle, RouteProgress, RouteResult } from './route.ts';

export type RunPhase = 'planned' | 'confirmed' | 'running' | 'verifying' | Outcome;

/**
 * How a plan ended. `notRecovered`: changed, but the incident goes on. `notChanged`: the route said success and nothing
 * changed. `expired`: never confirmed in time. `discarded`: closed without confirming. Nothing was written in the last two.
 */
export type Outcome = 'verified' | 'notRecovered' | 'notChanged' | 'failed' | 'cancelled' | 'expired' | 'discarded';

export const outcomes: readonly Outcome[] = [
  'verified',
  'notRecovered',
  'notChanged',
  'failed',
  'cancelled',
  'expired',
  'discarded',
];

export function isOutcome(phase: RunPhase): phase is Outcome {
  return (outcomes as readonly RunPhase[]).includes(phase);
}

/** Was the change seen on the cluster? What was not looked for is not known. */
export function changeSeen({ ticks }: Pick<RunState, 'ticks'>): 'yes' | 'no' | 'unknown' {
  const changes = ticks.filter(({ role }) => role === 'change');
  if (changes.length > 0 && changes.every(({ state }) => state === 'met')) return 'yes';
  return changes.some(({ state }) => state === 'missed') ? 'no' : 'unknown';
}

/** Does it take a new sign-in to GitHub to go on: to see the run, or, where nothing was sent, to plan anew? */
export function needsSignIn({ phase, error, progress }: RunState): boolean {
  return (isOutcome(phase) ? error?.code : progress?.trouble) === 'github.unauthorized';
}

/** An error as it is journalled and shown. */
export interface RunError {
  readonly code: string;
  readonly message: string;
}

/** A plan and all that has happened to it: what the action page, the Activity view and the journal agree on. Plain data. */
export interface RunState {
  readonly plan: Plan;
  readonly phase: RunPhase;
  /** When each phase began. */
  readonly times: Readonly<Partial<Record<RunPhase, number>>>;
  readonly handle?: RouteHandle;
  readonly progress?: RouteProgress;
  readonly result?: RouteResult;
  readonly ticks: readonly Tick[];
  readonly error?: RunError;
  /** What opened the production lock for it. */
  readonly unlock?: Unlock;
  /** A cancel was asked for and has not taken effect yet. */
  readonly cancelling: boolean;
  /** The record could not be written (disk full …): said beside the outcome, never hidden. */
  readonly journalError?: RunError;
  /** The plan that took this one back. */
  readonly undoneBy?: string;
  /** A person called off its way back. */
  readonly kept?: boolean;
}
