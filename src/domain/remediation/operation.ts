import type { JsonPatchOperation } from './json.ts';

/** What may be done to a target, for whoever does it without a workflow or function. Each has its file in clients/routes/direct. */
export interface Operations {
  /** Guarded: `test` of the UID and of the old values first. */
  readonly patch: { readonly patch: readonly JsonPatchOperation[] };
  /** Of the release as it was at revision `from` (its newest one) to revision `to`, as a new revision. */
  readonly helmRollback: { readonly from: number; readonly to: number };
}

export type Operation = { [K in keyof Operations]: { readonly kind: K } & Operations[K] }[keyof Operations];
