import type { Disposable } from '../../core/disposable.ts';
import type { Event } from '../../core/event.ts';
import type { Loadable } from '../../core/loadable.ts';
import type { AlarmRef } from '../alarms/model.ts';
import type { Locks } from './guards/gate.ts';
import type { JsonObject } from './json.ts';
import type { Plan } from './plan.ts';
import type { RemediationId } from './remediation-id.ts';
import type { RouteId } from './route.ts';
import type { RunState } from './run-state.ts';
import type { ObjectPointer } from './target.ts';

/** What somebody asks for: tree, palette, notice, chart and chat all make one of these. */
export interface PlanRequest {
  readonly remediation: RemediationId;
  readonly pointer: ObjectPointer;
  readonly inputs: JsonObject;
  readonly route?: RouteId;
  readonly alarm?: AlarmRef & { readonly name: string };
}

/**
 * The one door of every write. Plans are made, confirmed, carried out, verified, recorded and taken back here;
 * states are immutable snapshots, told about by plan id.
 */
export interface Runs extends Locks {
  /** Newest first: open plans, running ones, receipts. */
  readonly all: readonly RunState[];
  /** No ids: the journal has been read, or a lock has changed. */
  readonly onDidChange: Event<ReadonlySet<string>>;
  get(planId: string): RunState | undefined;
  /** Observes the object, checks the inputs, dry-runs, foretells. Writes nothing. @throws JarvisError */
  plan(request: PlanRequest, signal: AbortSignal): Promise<Plan>;
  /**
   * The inverse as a new plan; of an object that has changed since only where somebody wants that.
   * @throws JarvisError remediation.changedSince, remediation.noUndo
   */
  planUndo(planId: string, signal: AbortSignal, of?: 'even if changed'): Promise<Plan>;
  /**
   * Only after a person said so in the modal. Returns when the run has ended, whatever the outcome; where the target is
   * locked it fails, and nothing is sent.
   */
  confirm(planId: string): Promise<RunState>;
  /** While it is held, an open plan whose object changes on the server expires, with the reason in its error. */
  watch(planId: string): Disposable;
  /**
   * Asks the route to stop; the outcome is still observed.
   * @throws JarvisError remediation.elsewhere (another window carries it out), or why the route cannot stop it
   */
  cancel(planId: string): Promise<void>;
  /** Calls off the way back of a plan that has one. */
  keep(planId: string): Promise<void>;
  /** May this window see to the plan's way back? True in one of those that are open, which knows then what others did. */
  claim(planId: string): Promise<boolean>;
  /** Closes a plan that was never confirmed. */
  discard(planId: string): void;
  /**
   * Reads the journal: receipts are shown again, and plans that a closed window left are carried on. At the start, and
   * whenever another window has written.
   */
  restore(): Promise<void>;
}

/** The same, saying whether what was done before this window is known: until it is, a plan that is missing may be there. */
export interface RecordedRuns extends Runs {
  /** How far {@link Runs.restore} has come; told by `onDidChange` too. */
  readonly journal: Loadable<undefined>;
}
