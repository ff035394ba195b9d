import type { ErrorCode } from '../../core/errors.ts';
import type { JsonObject } from './json.ts';
import type { Operation } from './operation.ts';
import type { RemediationId } from './remediation-id.ts';
import type { Target } from './target.ts';

export type RouteId = 'github' | 'lambda' | 'direct';

/** What a remediation wants done, said once for every route. */
export interface Intent {
  readonly planId: string;
  readonly remediation: RemediationId;
  readonly target: Target;
  /** Named values as the workflow or function takes them: `cluster`, `namespace`, `hpa`, `max_replicas`, `plan_id`. */
  readonly values: Readonly<Record<string, string>>;
  /**
   * What the object was when it was planned for, in one line: its UID and the field's value, or a release's revision. A
   * workflow whose run may wait for hours compares it with what is there by then.
   */
  readonly plannedFor: string;
  /** The same for routes that do it by themselves. */
  readonly operation: Operation;
}

/** Everything that will be sent, and where to: pinned in the plan, shown before the confirmation. */
export interface RouteRequest {
  readonly route: RouteId;
  /** The route's own data; only the route reads it. */
  readonly payload: JsonObject;
  readonly preview: readonly { readonly label: string; readonly value: string }[];
  /** The AWS account that it is sent to. */
  readonly account?: string;
}

/** Why a request would not work. All of them are told at once, before anything is sent. */
export interface RouteProblem {
  readonly code: `${string}.${string}`;
  readonly message: string;
  /** `blocks`: confirming is not offered. `warns`: it is, with the warning beside it. */
  readonly severity: 'blocks' | 'warns';
}

/** What holds the work until somebody approves: the environment of a workflow. */
export interface RouteGate {
  /** As it was called where it was made. */
  readonly name: string;
  /** `open`: nobody has to approve. `missing`: nobody has made it yet. `unknown`: it is not shown to this user. */
  readonly state: 'guarded' | 'open' | 'missing' | 'unknown';
  /** The page where it is changed. */
  readonly url: string;
}

/** What identifies the work after it was sent. It is journalled, so that a reloaded window finds it again. */
export interface RouteHandle {
  readonly route: RouteId;
  readonly payload: JsonObject;
  /** The page of the run, where there is one. */
  readonly url?: string;
}

export type StepStatus = 'queued' | 'waiting' | 'running' | 'success' | 'failure' | 'cancelled' | 'skipped';

export interface RouteStep {
  readonly name: string;
  readonly status: StepStatus;
  readonly startedAt?: number;
  readonly completedAt?: number;
}

export interface RouteJob extends RouteStep {
  readonly url?: string;
  readonly steps: readonly RouteStep[];
}

export interface RouteProgress {
  /** `waiting`: for an approval. */
  readonly status: 'queued' | 'waiting' | 'running' | 'done';
  /** One sentence: "Run #318 waits for an approval of environment production". */
  readonly headline: string;
  readonly url?: string;
  readonly jobs: readonly RouteJob[];
  /** The last lines of the failing step, as text (never markup). */
  readonly logTail?: readonly string[];
  /** Why the last look failed; the next one is on its way, and the work goes on meanwhile. */
  readonly trouble?: ErrorCode;
  /** The server's rate limit holds us until then (ms since the epoch). */
  readonly pausedUntil?: number;
}

export interface RouteResult {
  readonly outcome: 'success' | 'failure' | 'cancelled';
  readonly summary: string;
  /** Why it failed, where the route can tell. */
  readonly code?: ErrorCode;
  /** The work was lost sight of: it may still go on, and write. */
  readonly inDoubt?: boolean;
  readonly url?: string;
  readonly logTail?: readonly string[];
}

/**
 * One way to carry out an intent. A route is one file in clients/routes and one line of registration.
 * All methods throw JarvisError; all heed the signal (aborting `follow` only stops watching, it does not cancel the work).
 */
export interface Route {
  readonly id: RouteId;
  /** Pins what will be sent, from the settings of this moment. Does not write. */
  prepare(intent: Intent, signal: AbortSignal): Promise<RouteRequest>;
  /** Everything that is missing, found by reading only. */
  check(request: RouteRequest, signal: AbortSignal): Promise<readonly RouteProblem[]>;
  /** What will hold the work, found by reading only; absent: a route that has no such thing. */
  gates?(request: RouteRequest, signal: AbortSignal): Promise<readonly RouteGate[]>;
  /** The write. Called once for a plan, after its confirmation has been journalled. */
  send(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle>;
  /** The handle of a request that was sent, or not, before a crash: found by the plan's id. Undefined: it was not sent. */
  recover(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle | undefined>;
  follow(handle: RouteHandle, onProgress: (progress: RouteProgress) => void, signal: AbortSignal): Promise<RouteResult>;
  cancel(handle: RouteHandle, signal: AbortSignal): Promise<void>;
}
