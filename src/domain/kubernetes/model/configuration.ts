import type { KubeObject } from './object.ts';

/**
 * core/v1 ConfigMap or Secret, as its metadata tell (PartialObjectMetadata): values never leave the server.
 */
export interface Configuration extends KubeObject {
  /** The newest time in managedFields: when its content was last written by anybody. */
  readonly changedAt: number;
}

/** core/v1 PersistentVolumeClaim. */
export interface PersistentVolumeClaim extends KubeObject {
  /** Pending, Bound or Lost. */
  readonly phase: string;
  readonly storageClass: string;
  /** The PersistentVolume; empty until bound. */
  readonly volume: string;
  readonly requested: number;
  /** Bytes; undefined until bound. */
  readonly capacity?: number;
  readonly accessModes: readonly string[];
}
