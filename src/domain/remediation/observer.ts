import type { Expectation, Observation } from './expectation.ts';
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

/** Reads the target again: is it still the object that the plan was made for, with the fields that the plan saw? */
export interface TargetGuard {
  /** @throws JarvisError remediation.changedSince, kube.notFound … */
  assertUnchanged(
    target: Target,
    fields: readonly { readonly path: string; readonly value: unknown }[],
    signal: AbortSignal,
  ): Promise<void>;
}
