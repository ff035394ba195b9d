import type { JsonObject, JsonPatchOperation } from '../remediation/json.ts';
import type { ObjectPointer, Target } from '../remediation/target.ts';

/** One object whole, as JSON, straight from its API server: what plans are made of and checked against. */
export interface ObjectInspector {
  /** @throws JarvisError kube.notFound, kube.forbidden, kube.unreachable … */
  read(pointer: ObjectPointer, signal: AbortSignal): Promise<JsonObject>;
  /**
   * The object as it would be after the patch (`dryRun=All`, field manager `jarvis`): admission and validation have run,
   * nothing was stored. @throws JarvisError kube.invalid, kube.forbidden, remediation.changedSince (a `test` did not hold)
   */
  dryRun(target: Target, patch: readonly JsonPatchOperation[], signal: AbortSignal): Promise<JsonObject>;
}
