import type { ClusterRef, ReleaseRevision } from '../kubernetes/model.ts';
import type { JsonObject } from '../remediation/json.ts';

/** One revision of a release with all that Helm keeps of it. Source: helm.sh/helm pkg/release (v3), pkg/release/v1 (v4). */
export interface Release {
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
  /** deployed, superseded, failed, pending-upgrade, … */
  readonly status: string;
  readonly chart: { readonly name: string; readonly version: string; readonly appVersion: string };
  /** What the user set, not what the chart has by default. */
  readonly values: JsonObject;
  /** What Helm applied: YAML documents, Secrets with their values. Hooks are not among them. */
  readonly manifest: string;
  readonly hooks: readonly ReleaseHook[];
  /** The chart's own, not those of its subcharts: Helm does not keep these. */
  readonly crds: readonly ChartFile[];
  readonly notes: string;
  /** Milliseconds since the epoch. */
  readonly firstDeployed?: number;
  readonly updatedAt?: number;
  readonly description: string;
}

/** A revision by its number, pinned: what reading commands are given. */
export interface RevisionRef {
  readonly cluster: ClusterRef;
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
}

/** A resource that Helm runs at certain moments. Source: helm.sh, "Chart Hooks". */
export interface ReleaseHook {
  readonly name: string;
  readonly kind: string;
  /** pre-install, post-upgrade, test, … */
  readonly events: readonly string[];
  /** Of one moment the lower ones run first. */
  readonly weight: number;
  /** before-hook-creation, hook-succeeded, hook-failed */
  readonly deletePolicies: readonly string[];
  readonly manifest: string;
}

/** A file of the chart: its path in the chart and its text. */
export interface ChartFile {
  readonly path: string;
  readonly text: string;
}

/** What the beginning of a payload tells, or why it tells nothing. */
export type ReleaseHead = Pick<ReleaseRevision, 'chart' | 'updatedAt' | 'description' | 'payloadError'>;

/** The releases of one cluster that Helm keeps in Secrets, its default. */
export interface ReleaseReader {
  /** All revisions of a release, the newest first, by their metadata alone. @throws JarvisError helm.notFound, kube.* */
  history(namespace: string, name: string, signal: AbortSignal): Promise<readonly ReleaseRevision[]>;
  /** Of one revision what a row shows; the rest is not unpacked. @throws JarvisError helm.notFound, kube.* */
  head(namespace: string, name: string, revision: number, signal: AbortSignal): Promise<ReleaseHead>;
  /** @throws JarvisError helm.notFound, helm.malformed (the payload is no release, or not this one), kube.* */
  read(namespace: string, name: string, revision: number, signal: AbortSignal): Promise<Release>;
}
