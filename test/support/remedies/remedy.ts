import type { JsonObject } from '../../../src/domain/remediation/json.ts';
import type { PlanRequest } from '../../../src/domain/remediation/runs.ts';

/** A remedy on a real cluster: the object that a plan is made for, a neighbour that nobody means, and what others do to it. */
export interface Remedy {
  /** For the object; the same each time. */
  readonly request: PlanRequest;
  /** Makes the object and its neighbour, known to the client when it resolves; those that are there go first. */
  make(): Promise<void>;
  /** All of an object that the plan may or may not change, and nothing that controllers change by themselves. */
  content(of: 'object' | 'neighbour'): Promise<JsonObject>;
  /** Somebody else changes what the plan would change. */
  interfere(): Promise<void>;
  /** Somebody else changes something else of it. */
  touch(): Promise<void>;
  remove(): Promise<void>;
  /** Other objects, `KIND NAMESPACE/NAME`, that the plan changes with its own: those of a release, for instance. */
  changesToo?(name: string): boolean;
  dispose?(): void;
}
