import type { Disposable } from '../../core/disposable.ts';
import type { JarvisError } from '../../core/errors.ts';
import type { Event } from '../../core/event.ts';
import type { Loadable } from '../../core/loadable.ts';
import type { ChartData } from '../../domain/metrics/model.ts';
import type { RunState } from '../../domain/remediation/run-state.ts';

/**
 * What the action page needs of one plan. The page only ever asks; whether and how something is written is decided
 * behind this interface. Every method may throw a JarvisError (shown on the page) or a CancelledError (shown nowhere).
 */
export interface ActionModel extends Disposable {
  /** Undefined: the journal knows no such plan, once it is read. */
  readonly state: RunState | undefined;
  /** CPU and replicas around the write, while there is something to see. */
  readonly chart: ChartData | undefined;
  /** Why an open plan cannot be confirmed now (locked, read-only), with the way out. */
  readonly obstacle: JarvisError | undefined;
  /** `state`, `obstacle` or `chart` has changed. */
  readonly onDidChange: Event<'state' | 'chart'>;
  /** While hidden no chart is asked for. Runs go on. */
  setVisible(visible: boolean): void;
  /** Shows the modal and, when a person says yes, carries the plan out. Resolves when the answer is known. */
  confirm(): Promise<void>;
  discard(): void;
  cancel(): Promise<void>;
  /** Makes the inverse as a new plan and shows that plan's page. */
  undo(): Promise<void>;
  /** Calls off the way back: the change stays. */
  keep(): Promise<void>;
  /** Makes the same plan anew (the old one expired, or its object changed) and shows its page. */
  planAgain(): Promise<void>;
  /** Has the journal been read, which knows of plans that this window does not? */
  readonly journal: Loadable<undefined>;
  /** One of the plan's texts, by its position, in an editor that cannot change it. */
  openDocument(index: number): Promise<void>;
  /** The full chart of the plan's object. */
  openChart(): Promise<void>;
}
