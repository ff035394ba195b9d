import type { ClusterRef } from './model.ts';

/** Any object of the API, pinned: what reading commands are given. */
export interface ObjectRef {
  readonly cluster: ClusterRef;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** The plural, as it stands in the path: `pods`. */
  readonly resource: string;
  /** As it stands in a manifest: `Pod`. */
  readonly kind: string;
  /** Empty for objects of the cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}
