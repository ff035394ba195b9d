import type { ClusterRef } from '../kubernetes/model.ts';
import type { TargetKind } from './target-kinds.ts';

/**
 * The object that a plan is about, pinned when the plan is made. A later switch of the current context, a new object of
 * the same name or a changed kubeconfig cannot redirect the write: UID and server are checked again right before it.
 */
export interface Target extends ObjectPointer {
  readonly uid: string;
  readonly resourceVersion: string;
}

/** An object by name in one pinned cluster. */
export interface ObjectPointer {
  readonly cluster: ClusterRef;
  readonly kind: TargetKind;
  readonly namespace: string;
  readonly name: string;
}
