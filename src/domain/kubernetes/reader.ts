import type { JsonObject } from '../remediation/json.ts';
import type { Lease } from './store.ts';
import type { KubeObject, Warning } from './model.ts';
import type { ApiKind } from './api-kinds.ts';
import type { ObjectRef } from './object-ref.ts';

/** A core/v1 Event of any type. */
export interface ObjectEvent extends Warning {
  readonly type: 'Normal' | 'Warning';
  /** Who says so: `kubelet`, `default-scheduler` … */
  readonly source: string;
}

/** An object with all that its server tells of it. */
export interface WholeObject extends KubeObject {
  readonly json: JsonObject;
}

/** One change in the two languages that API servers know: built-in kinds merge lists by key, custom resources replace them. */
export interface MergePatch {
  readonly strategic: JsonObject;
  readonly merge: JsonObject;
}

/** How a manifest names a kind. */
export interface ManifestKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A kind as the server has it. */
export interface ServedKind extends ApiKind {
  readonly isNamespaced: boolean;
}

/** Single objects of one cluster, of any kind. The `cluster` of the references is not looked at. */
export interface ObjectReader {
  /** The whole object as it is now. @throws JarvisError kube.notFound, kube.forbidden, kube.unreachable … */
  read(object: ObjectRef, signal: AbortSignal): Promise<JsonObject>;
  /**
   * The object as a change would leave it (`dryRun=All`): admission and validation have run, nothing was stored.
   * @throws JarvisError kube.invalid, kube.conflict, kube.forbidden …
   */
  foresee(object: ObjectRef, patch: MergePatch, signal: AbortSignal): Promise<JsonObject>;
  /** Where the server keeps the objects of a kind, custom resources too. @throws JarvisError kube.notFound, kube.* */
  serves(kind: ManifestKind, signal: AbortSignal): Promise<ServedKind>;
  /**
   * What was reported of the object, oldest first; `withPods` adds what was reported of the ReplicaSets and pods that a
   * workload's selector chooses. @throws JarvisError kube.*
   */
  events(object: ObjectRef, signal: AbortSignal, withPods?: boolean): Promise<readonly ObjectEvent[]>;
  /** A watch of this object alone, by its name: empty while there is none, another UID after it was made anew. */
  follow(object: ObjectRef): Lease<WholeObject>;
}
