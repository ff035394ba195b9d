import type { JarvisError } from '../../core/errors.ts';
import type { Expectation, Observation } from './expectation.ts';
import type { Json } from './json.ts';
import type { Target } from './target.ts';

/** Sees for itself whether an expectation holds: by watch on the cluster, by DescribeAlarms in CloudWatch. */
export interface Observer {
  /**
   * Reports what is seen until the signal fires; the same observation may be reported again. Trouble on the way (a broken
   * watch, a throttled call) is retried inside and reported as what is seen, never as met.
   */
  observe(
    expectation: Expectation,
    target: Target,
    report: (observation: Observation) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

/** A field as a plan saw it; an undefined value: it was not there. */
export interface SeenField {
  readonly path: string;
  readonly value: Json | undefined;
}

/** The plan whose write is the last of any plan's on an object. */
export interface Mark {
  readonly planId: string;
  /** The field manager under which it was written. */
  readonly manager: string;
  /** By this machine's clock, ms since the epoch. */
  readonly at: number;
}

/** Reads the target again: is it still the object that the plan was made for, with the fields that the plan saw? */
export interface TargetGuard {
  /** @throws JarvisError remediation.changedSince, kube.forbidden … */
  assertUnchanged(target: Target, fields: readonly SeenField[], signal: AbortSignal): Promise<void>;
  /**
   * Follows the target until it is not what the plan saw, and says why. What cannot be seen now is looked at with the
   * next change. Undefined: the signal fired before.
   */
  untilChanged(target: Target, fields: readonly SeenField[], signal: AbortSignal): Promise<JarvisError | undefined>;
  /** Undefined: no plan has written to it, or when it did is not noted in managedFields. @throws JarvisError kube.* */
  mark(target: Target, signal: AbortSignal): Promise<Mark | undefined>;
}
