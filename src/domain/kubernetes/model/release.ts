import type { KubeObject } from './object.ts';

/** One revision of a Helm release: the Secret `sh.helm.release.v1.<name>.v<revision>`. */
export interface ReleaseRevision extends KubeObject {
  readonly release: string;
  readonly revision: number;
  /** deployed, superseded, failed, pending-upgrade, … from the label `status`. */
  readonly status: string;
  /** Who wrote the Secret last (`helm`, `helm-controller`, …), and when. Source: metadata.managedFields. */
  readonly writtenBy?: string;
  readonly writtenAt?: number;
  /** From the payload; undefined with `payloadError` where it could not be read. */
  readonly chart?: { readonly name: string; readonly version: string; readonly appVersion: string };
  readonly updatedAt?: number;
  readonly description?: string;
  readonly payloadError?: string;
}
