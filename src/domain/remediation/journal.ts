import type { Tick } from './expectation.ts';
import type { LockEvent, Unlock } from './guards/lock-event.ts';
import type { Plan } from './plan.ts';
import type { RouteHandle, RouteResult } from './route.ts';
import type { Outcome, RunError } from './run-state.ts';

export type JournalEvent = PlanEvent | LockEvent;

/** What happened to a plan. A receipt is a fold over these (`run-reducer.ts`). */
export type PlanEvent =
  /** A person said yes. Holds the whole plan: who, what, where, by which route, and how it is undone. */
  | { readonly type: 'confirmed'; readonly plan: Plan }
  /**
   * On disk before the write leaves: whatever happens next, it is known that it may have left, and what opened the
   * production lock for it.
   */
  | { readonly type: 'sending'; readonly planId: string; readonly unlock?: Unlock }
  | { readonly type: 'sent'; readonly planId: string; readonly handle: RouteHandle }
  | { readonly type: 'cancelRequested'; readonly planId: string }
  | { readonly type: 'finished'; readonly planId: string; readonly result: RouteResult }
  | { readonly type: 'observed'; readonly planId: string; readonly tick: Tick }
  | { readonly type: 'ended'; readonly planId: string; readonly outcome: Outcome; readonly error?: RunError }
  | { readonly type: 'undone'; readonly planId: string; readonly by: string }
  /** A person called off its way back. */
  | { readonly type: 'kept'; readonly planId: string };

export interface JournalEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly event: JournalEvent;
}

/** The append-only record. */
export interface Journal {
  /** Resolves when the entry is on disk (fsync). @throws JarvisError journal.unwritable */
  append(entry: JournalEntry): Promise<void>;
  /** All entries of all windows in the order of their times. @throws JarvisError journal.unreadable, journal.tampered */
  read(): Promise<readonly JournalEntry[]>;
  /**
   * Takes over a plan that another window left unfinished. True for exactly one window, however often it asks, and never
   * while the window that owns the plan is alive.
   * @param planId or the name of what is done about a plan once
   */
  claim(planId: string): Promise<boolean>;
}

/** Undefined: it is about a lock. */
export function planIdOf(event: PlanEvent): string;
export function planIdOf(event: JournalEvent): string | undefined;
export function planIdOf(event: JournalEvent): string | undefined {
  if (!isOfPlan(event)) return undefined;
  return event.type === 'confirmed' ? event.plan.id : event.planId;
}

export function isOfPlan(event: JournalEvent): event is PlanEvent {
  return event.type !== 'unlocked' && event.type !== 'locked';
}
