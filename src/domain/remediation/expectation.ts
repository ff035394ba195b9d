import type { AlarmRef } from '../alarms/model.ts';
import type { Source } from '../evidence/sources.ts';
import type { Entrance } from '../waf/entrances.ts';
import type { BlockedAnswer, LoadBalancer } from '../waf/model.ts';
import type { Json } from './json.ts';

/**
 * What must be seen for a plan to have worked, observed on the cluster and in CloudWatch, never believed from the route.
 * `change`: without it nothing happened. `recovery`: without it the incident goes on.
 */
export interface Expectation {
  readonly id: string;
  readonly role: 'change' | 'recovery';
  /** "maxReplicas is 10". */
  readonly label: string;
  readonly withinMs: number;
  readonly check: ExpectationCheck;
}

/** What can be looked for, and what each look is given; how it looks is a file in `checks/`. Plain data: it is journalled. */
export interface Checks {
  /** The target's field has this value (none: it is not there), and the object still has the pinned UID. */
  readonly field: { readonly path: string; readonly equals?: Json };
  /** Of what the HPA scales so many pods are ready as it wishes for: this many, or fewer where its metrics are at rest. */
  readonly replicasReady: { readonly of: 'Deployment' | 'StatefulSet'; readonly atLeast: number };
  /** The HPA's metric is at or under the threshold, in percent of the pods' request. */
  readonly utilization: { readonly metric: string; readonly atMost: number };
  /** All pods of the workload have this restartedAt (none: not any) and are available, and all but so many others are gone. */
  readonly rolledOut: { readonly restartedAt?: string; readonly keeps: number };
  /** No pod of the workload is older than these, as they were written then or since, and these containers run one image each. */
  readonly evidenceGone: {
    readonly sources: readonly (Pick<Source, 'kind' | 'name'> & { readonly changedAt: number })[];
    readonly containers: readonly string[];
  };
  /** The objects that Helm has stored with the release's revision are as the server has them. */
  readonly manifestApplied: { readonly revision: number };
  /** Their controllers have seen their newest templates, and all of their pods are of these and available. */
  readonly workloadsAvailable: { readonly workloads: readonly WorkloadName[] };
  readonly alarmOk: { readonly alarm: AlarmRef };
  /** This Web ACL, or none, stands before the load balancer. */
  readonly webAcl: { readonly loadBalancer: LoadBalancer; readonly arn: string | null };
  /** Visitors of the entrance get this answer (`blocked`), or any but this one (`open`). */
  readonly entrance: {
    readonly entrance: Entrance;
    readonly is: 'blocked' | 'open';
    readonly blocked: Omit<BlockedAnswer, 'page'>;
  };
}
export type ExpectationCheck = { [K in keyof Checks]: { readonly kind: K } & Checks[K] }[keyof Checks];

export interface WorkloadName {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly namespace: string;
  readonly name: string;
}

/** One look: is it so, and what was seen ("8 of 10 ready", "92 %"). */
export interface Observation {
  readonly met: boolean;
  readonly seen: string;
  readonly at: number;
}

/** The state of one expectation while a plan is verified. */
export interface Tick {
  readonly id: string;
  readonly role: Expectation['role'];
  readonly label: string;
  readonly state: 'waiting' | 'watching' | 'met' | 'missed';
  readonly withinMs: number;
  readonly startedAt?: number;
  /** When it was first met, or given up. */
  readonly endedAt?: number;
  readonly seen?: string;
}
