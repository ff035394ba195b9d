import { markPath } from './mark.ts';
import type { Change } from './plan.ts';

/** The field as people are told of it: `spec.maxReplicas`, or of another object `Deployment front-end · spec.replicas`. */
export function nameOf({ of, path }: Change): string {
  return of === undefined ? path : `${of} · ${path}`;
}

/**
 * The first changes, and how many more there are: one sentence has room for few, and none for the mark that every plan
 * leaves.
 */
export function firstOf(changes: readonly Change[], most: number): { shown: readonly Change[]; more: number } {
  const asked = changes.filter(({ path }) => path !== markPath);
  return { shown: asked.slice(0, most), more: Math.max(0, asked.length - most) };
}
