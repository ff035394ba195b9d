import type { ChartData } from '../../../domain/metrics/model.ts';
import type { RunState } from '../../../domain/remediation/run-state.ts';
import type { ActionToHost, ActionUpdate } from '../../contract/action.ts';
import type { Host } from '../shared/host.ts';

/** What every part of the page is drawn from. */
export interface ActionProps {
  readonly update: ActionUpdate;
  readonly chart: ChartData | undefined;
  readonly host: Host<ActionToHost>;
  /** The host's clock minus this page's, ms. */
  readonly clockOffset: number;
}

/** The same for a plan that is there, at a moment. */
export interface RunProps extends ActionProps {
  readonly state: RunState;
  readonly now: number;
}
