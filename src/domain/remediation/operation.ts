import type { JsonPatchOperation } from './json.ts';

/** What may be done to a target, for whoever does it without a workflow or function. Each has its file in clients/routes/direct. */
export interface Operations {
  /** Guarded: `test` of the UID and of the old values first. */
  readonly patch: { readonly patch: readonly JsonPatchOperation[] };
}

export type Operation = { [K in keyof Operations]: { readonly kind: K } & Operations[K] }[keyof Operations];
