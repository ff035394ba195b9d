import type { KubeObject } from './object.ts';

/** A warning: core/v1 Event of type Warning, whatever it is about. */
export interface Warning extends KubeObject {
  readonly about: { readonly kind: string; readonly namespace: string; readonly name: string; readonly uid: string };
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}
