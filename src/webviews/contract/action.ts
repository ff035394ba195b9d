import * as v from 'valibot';
import type { ChartData } from '../../domain/metrics/model.ts';
import type { RunState } from '../../domain/remediation/run-state.ts';
import { empty, index, type Init, type ViewError } from './common.ts';
import type { Incoming } from './incoming.ts';

/** What the panel is restored from after a reload of the window. */
export const actionPersisted = v.object({ planId: v.pipe(v.string(), v.regex(/^jv-[a-z0-9]{1,64}$/)) });
export type ActionPersisted = v.InferOutput<typeof actionPersisted>;

export const actionToHost = {
  /** The page has been made (anew) and wants everything. */
  ready: empty,
  /** Asks the host for its modal; the page alone confirms nothing. */
  confirm: empty,
  discard: empty,
  cancel: empty,
  undo: empty,
  /** Calls off the way back. */
  keep: empty,
  planAgain: empty,
  openRun: empty,
  /** By position in `progress.jobs`. */
  openJob: index,
  /** The plan that took this one back, or that this one takes back. */
  openRelated: empty,
  openLog: empty,
  openChart: empty,
  remedy: index,
  /** A way out of the obstacle. */
  solve: index,
  /** The place in Git of what an owner writes, by position in `plan.owners`. */
  openOwner: index,
  /** One of the plan's texts in an editor, by position in `plan.documents`. */
  openDocument: index,
  /** To the route's server: then what failed for want of it goes on. */
  signIn: empty,
};
export type ActionToHost = Incoming<typeof actionToHost>;
export type ActionCommand = 'confirm' | 'cancel' | 'undo' | 'keep' | 'planAgain';

export interface ActionToView {
  init: Init<ActionPersisted>;
  action: ActionUpdate;
  /** The live chart: pushed while the run is watched and the page is seen. */
  chart: { readonly data: ChartData };
}

export interface ActionUpdate {
  /** Absent: the journal knows no such plan, or see `unread`. */
  readonly state?: RunState;
  /** The journal has not been read: not yet, or because of this. */
  readonly unread?: { readonly why?: string };
  /** Why the open plan cannot be confirmed now. */
  readonly obstacle?: ViewError;
  /** The host's clock, ms since the epoch: the page counts from it, whatever its own clock says. */
  readonly now: number;
  /** What has been asked for and is not done yet. */
  readonly busy: readonly ActionCommand[];
  /** Why the last command did not work. */
  readonly error?: ViewError;
}
