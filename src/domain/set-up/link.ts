import type { Remedy } from '../../core/errors.ts';

/** So many are looked into at the same time: a person may have named a hundred namespaces. */
export const atOnce = 8;

/** One thing that must be there before a remedy can run, as it was found. */
export interface Link {
  /** "Workflow of Scale HPA". */
  readonly title: string;
  /** `untested`: what it hangs on is missing. */
  readonly state: 'ok' | 'warning' | 'missing' | 'untested';
  /** Empty where there is nothing to say. */
  readonly detail: string;
  /** Ways to mend it, the best one first. */
  readonly remedies: readonly Remedy[];
}
