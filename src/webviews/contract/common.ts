import * as v from 'valibot';
import type { ErrorCode } from '../../core/errors.ts';
import type { Bundle } from '../../core/l10n.ts';

/** The first message to every view, sent again whenever its page is made anew. */
export interface Init<P> {
  readonly bundle: Bundle;
  /** BCP 47, for numbers and times. */
  readonly language: string;
  /** What the view must keep in its own state, so that the panel can be restored after a reload. */
  readonly persisted: P;
}

/** An error as a view shows it. The view sends back the index of a remedy; the host knows what it does. */
export interface ViewError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedies: readonly string[];
}

export const empty = v.strictObject({});
export const index = v.strictObject({ index: v.pipe(v.number(), v.integer(), v.minValue(0)) });
