import type { AlarmRef } from '../alarms/model.ts';
import type { Expectation } from './expectation.ts';
import type { Json, JsonObject } from './json.ts';
import type { SeenField } from './observer.ts';
import type { RemediationId } from './remediation-id.ts';
import type { RouteProblem, RouteRequest } from './route.ts';
import type { Target } from './target.ts';

/** Five minutes; after that the world may have moved on and the plan is made anew. */
export const planLifetimeMs = 5 * 60_000;

/** One field that the write changes. */
export interface Change {
  /** Another object than the plan's target: "Deployment front-end". */
  readonly of?: string;
  /** As kubectl writes it: `spec.maxReplicas`. */
  readonly path: string;
  /** Undefined: the field is not there. */
  readonly before?: Json;
  readonly after?: Json;
}

/** Argo CD's, Flux's, Flux's for Helm. */
export type ControllerKind = 'Application' | 'Kustomization' | 'HelmRelease';

/** Who else writes to the object, and what that means for the change. */
export interface Owner {
  readonly kind: 'helm' | 'argocd' | 'flux' | 'fieldManager';
  readonly name: string;
  /** "Argo CD will revert this within minutes". */
  readonly consequence: string;
  readonly reverts: boolean;
  /** The object by which the tool knows what to write; its namespace where that is known. */
  readonly controller?: { readonly kind: ControllerKind; readonly namespace?: string; readonly name: string };
  /** The page of the object's source in Git, where a change would stay. */
  readonly git?: string;
}

/** A sentence of what will happen, foretold. */
export interface Effect {
  readonly text: string;
  readonly severity: 'info' | 'warning';
}

/** A text that goes with the plan and may be from anybody: it is read as text, never rendered. */
export interface PlanDocument {
  /** A file's, by whose ending its language is known. */
  readonly name: string;
  readonly text: string;
}

/** How the change is taken back: the inputs of a new plan of the same remediation. */
export interface Inverse {
  readonly inputs: JsonObject;
  readonly summary: string;
  /** What must still hold for an undo to be offered: the fields as this plan leaves them. */
  readonly requires: readonly Change[];
}

/** The change cannot be taken back, or doing so would help nobody. */
export interface NoInverse {
  /** Why, as a sentence. */
  readonly impossible: string;
}

/** Everything a person confirms. Plain data: it is journalled, shown by a webview and read back equal. */
export interface Plan {
  /** `jv-` and 16 characters of [a-z0-9]; sent along as `plan_id`, so that exactly our run is found. */
  readonly id: string;
  readonly remediation: RemediationId;
  /** "Scale HPA front-end to at most 10 replicas". */
  readonly title: string;
  readonly target: Target;
  readonly inputs: JsonObject;
  readonly actor: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly changes: readonly Change[];
  /** What else of the target must be as the plan saw it when the write leaves. */
  readonly holds?: readonly SeenField[];
  /** `server`: from a dry-run of the API server. `computed`: this user may not dry-run, the reason says why. */
  readonly diffSource: { readonly kind: 'server' } | { readonly kind: 'computed'; readonly reason: string };
  readonly owners: readonly Owner[];
  /** What speaks for it, as seen when the plan was made: sentences. */
  readonly reasons?: readonly string[];
  readonly effects: readonly Effect[];
  readonly documents?: readonly PlanDocument[];
  readonly request: RouteRequest;
  readonly problems: readonly RouteProblem[];
  /** The namespaces beside the target's that it writes to: a release may have objects in any. */
  readonly namespaces?: readonly string[];
  /** The AWS accounts that it reaches into. */
  readonly accounts?: readonly string[];
  readonly inverse: Inverse | NoInverse;
  readonly expectations: readonly Expectation[];
  /** Milliseconds from the change until it is taken back by itself, unless a person takes it back or keeps it. */
  readonly backAfterMs?: number;
  /** The alarm whose recovery is part of the verification. */
  readonly alarm?: AlarmRef & { readonly name: string };
  /** The plan that this one takes back. */
  readonly undoOf?: string;
}

export function planIsExpired(plan: Plan, now: number): boolean {
  return now >= plan.expiresAt;
}

/** Something is missing that would make the write fail: confirming is not offered. */
export function planIsBlocked(plan: Plan): boolean {
  return plan.problems.some((problem) => problem.severity === 'blocks');
}
