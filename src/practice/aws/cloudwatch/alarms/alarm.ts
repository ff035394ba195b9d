import type { CompositeAlarmConfig, MetricAlarmConfig } from './config.ts';
import type { StateValue } from '../shapes.ts';
import type { Rule } from './rule.ts';

export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON text; absent before the first evaluation. */
  readonly reasonData?: string;
  /** Milliseconds since the epoch: last update, and last change of the value. */
  readonly updated: number;
  readonly transitioned: number;
}

interface AlarmBase {
  readonly arn: string;
  readonly configurationUpdated: number;
  readonly state: AlarmState;
}

export interface MetricAlarm extends AlarmBase {
  readonly type: 'MetricAlarm';
  readonly config: MetricAlarmConfig;
}

export interface CompositeAlarm extends AlarmBase {
  readonly type: 'CompositeAlarm';
  readonly config: CompositeAlarmConfig;
  readonly rule: Rule;
}

/** Immutable: a change of state or configuration makes a new one. */
export type Alarm = MetricAlarm | CompositeAlarm;
