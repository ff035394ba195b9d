import type { ClusterRef } from '../../kubernetes/model.ts';

/** The production lock of one context, opened by somebody for a while. Plain data: it is journalled. */
export interface Unlock {
  readonly cluster: ClusterRef;
  readonly reason: string;
  readonly actor: string;
  /** Milliseconds since the epoch, both. */
  readonly at: number;
  readonly until: number;
}

/** `locked` ends every unlock before it. */
export type LockEvent =
  { readonly type: 'unlocked'; readonly unlock: Unlock } | { readonly type: 'locked'; readonly actor: string };
