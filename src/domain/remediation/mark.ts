import { fieldAt } from '../kubernetes/field-path.ts';
import { annotate } from './annotate.ts';
import { jsonObject, type JsonObject, type JsonPatchOperation } from './json.ts';
import type { Change } from './plan.ts';

/** The annotation by which an object says which plan wrote to it last: a part of the write itself, by whatever route. */
const mark = 'jarvis.dev/plan';
export const markPath = `metadata.annotations[${JSON.stringify(mark)}]`;

/** The plan that wrote to the object last; undefined where none did. */
export function markOf(object: JsonObject): string | undefined {
  const value = fieldAt(object, markPath);
  return typeof value === 'string' ? value : undefined;
}

/** The same patch, which writes the mark, too. */
export function marked(
  object: JsonObject,
  patch: readonly JsonPatchOperation[],
  planId: string,
): readonly JsonPatchOperation[] {
  const makesAnnotations = patch.some(({ op, path }) => op === 'add' && path === '/metadata/annotations');
  const after = makesAnnotations ? { metadata: { annotations: {} } } : object;
  return [...patch, ...annotate(after, 'metadata', mark, planId)];
}

/** How the mark changes by a plan's write. */
export function markChange(object: JsonObject, planId: string): Change {
  const before = markOf(object);
  return { path: markPath, after: planId, ...(before !== undefined && { before }) };
}

/** The object as if no plan had ever written to it. */
export function unmarked(object: JsonObject): JsonObject {
  const { annotations, ...metadata } = jsonObject(object['metadata']);
  const others = Object.entries(jsonObject(annotations)).filter(([key]) => key !== mark);
  const kept = others.length > 0 && { annotations: Object.fromEntries(others) };
  return { ...object, metadata: { ...metadata, ...kept } };
}
