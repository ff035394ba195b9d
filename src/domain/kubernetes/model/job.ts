import type { Condition, KubeObject, LabelSelector } from './object.ts';

/** batch/v1 Job. */
export interface Job extends KubeObject {
  readonly selector: LabelSelector;
  /** spec.completions; undefined for a work queue. */
  readonly completions?: number;
  readonly active: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly suspended: boolean;
  readonly startedAt?: number;
  readonly completedAt?: number;
  /** Complete, Failed, Suspended, with their reasons. */
  readonly conditions: readonly Condition[];
}

/** batch/v1 CronJob. */
export interface CronJob extends KubeObject {
  readonly schedule: string;
  /** Empty: the controller manager's own. */
  readonly timeZone: string;
  readonly suspended: boolean;
  readonly active: number;
  readonly lastScheduledAt?: number;
  readonly lastSucceededAt?: number;
}
