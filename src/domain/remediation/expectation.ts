import type { Parameters, checks } from './checks/checks.ts';

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

/** Which of the checks, and what it looks for. Plain data: it is journalled. */
export type ExpectationCheck = {
  [K in keyof typeof checks]: { readonly kind: K } & Parameters<(typeof checks)[K]>;
}[keyof typeof checks];

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
