import type { Event } from '../../core/event.ts';
import type { Loadable } from '../../core/loadable.ts';
import type { Alarm, AlarmHistoryItem, AlarmRef, AwsIdentity, AwsScope } from './model.ts';

/** The alarms of one scope, and how they are kept fresh. */
export interface ScopeAlarms {
  readonly scope: AwsScope;
  readonly identity: AwsIdentity | undefined;
  /** By ARN. `stale` or `failed` mean unknown to the status bar, never OK. */
  readonly alarms: Loadable<ReadonlyMap<string, Alarm>>;
  readonly feed: AlarmFeed;
}

/** How news arrives now, for the tooltip. */
export interface AlarmFeed {
  readonly mode: 'push' | 'poll' | 'paused';
  readonly pollSeconds: number;
  readonly callsPerMinute: number;
  /** AWS asked for fewer calls: the next look comes later than said. */
  readonly slowed?: boolean;
  /** Why push is not in use although a queue is configured. */
  readonly problem?: string;
}

/** A confirmed change of one alarm's state, from DescribeAlarms (a notice alone is never believed). */
export interface AlarmChange {
  readonly alarm: Alarm;
  /** Undefined when the alarm is seen for the first time after the first load. */
  readonly from: Alarm['state'] | undefined;
}

export interface AlarmSource {
  readonly scopes: readonly ScopeAlarms[];
  /** Labels of the scopes that changed. */
  readonly onDidChange: Event<ReadonlySet<string>>;
  readonly onDidTransition: Event<readonly AlarmChange[]>;
  /** Asks the server at once, all scopes or one. */
  refresh(scope?: string): Promise<void>;
  history(alarm: AlarmRef, signal?: AbortSignal): Promise<readonly AlarmHistoryItem[]>;
  /** One alarm, asked from the server now (for verification). Undefined: it does not exist. */
  describe(alarm: AlarmRef, signal?: AbortSignal): Promise<Alarm | undefined>;
  /** Focus of the window and visibility of the views: polling only happens while somebody looks. */
  setVisible(visible: boolean): void;
}
