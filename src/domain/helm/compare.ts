import { isDeepStrictEqual } from 'node:util';
import { mapLimited } from '../../core/async.ts';
import { t } from '../../core/l10n.ts';
import type { JsonObject } from '../remediation/json.ts';
import { asSet, withData } from './as-set.ts';
import { type ManifestObject, manifestObjects, objectKey } from './manifest.ts';
import type { Release } from './model.ts';
import { shownPair, sorted } from './shown.ts';

/** Something to be shown as YAML, or a text as it is; undefined where there is none. */
export type Content = JsonObject | string | undefined;

/** One thing in which two states of a release differ, as it may be shown: no Secret's value is in it. */
export interface Difference {
  /** A document's name: "Deployment front-end.yaml", "Values.yaml". */
  readonly name: string;
  readonly before: Content;
  readonly after: Content;
}

/** How two revisions differ: the chart, what the user set, the notes, each object, hook and CRD. @throws JarvisError helm.malformed */
export async function compareReleases(before: Release, after: Release): Promise<readonly Difference[]> {
  const [old, next] = [await partsOf(before), await partsOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((key) => {
    const [left, right] = [old.get(key), next.get(key)];
    const { name = '', isObject = false } = right ?? left ?? {};
    return difference(name, [left?.content, right?.content], isObject);
  });
}

/** What the server says of an object of the manifest: undefined where it is gone; a text where that cannot be told. */
export type LiveObject = (object: ManifestObject) => Promise<Content>;

/** Requests: more would only wait for each other at the server. */
const atOnce = 8;

/**
 * How the cluster differs from what a revision has applied, in what that sets.
 * @throws JarvisError helm.malformed, and what `live` throws
 */
export async function compareWithLive(release: Release, live: LiveObject): Promise<readonly Difference[]> {
  const objects = await manifestObjects(release.manifest);
  const found = await mapLimited(objects, atOnce, live);
  return objects.flatMap((object, index) => {
    const now = found[index];
    const after = typeof now === 'object' ? asSet(object.json, now) : now;
    return difference(nameOf(object), [stored(object), after], true);
  });
}

interface Part {
  readonly name: string;
  readonly content: Content;
  /** One of the API. */
  readonly isObject: boolean;
}

async function partsOf({ chart, values, notes, manifest, hooks, crds }: Release): Promise<ReadonlyMap<string, Part>> {
  const parts = new Map<string, Part>([
    ['chart', { name: 'Chart.yaml', content: { ...chart }, isObject: false }],
    ['values', { name: 'Values.yaml', content: values, isObject: false }],
    ['notes', { name: 'NOTES.txt', content: notes, isObject: false }],
  ]);
  for (const object of await manifestObjects(manifest))
    parts.set(`object ${objectKey(object)}`, { name: nameOf(object), content: stored(object), isObject: true });
  for (const { events, manifest: text } of hooks)
    for (const object of await manifestObjects(text)) {
      const name = t('Hook ({0}) {1}', events.join(', '), nameOf(object));
      parts.set(`hook ${objectKey(object)}`, { name, content: stored(object), isObject: true });
    }
  for (const { path, text } of crds) parts.set(`crd ${path}`, { name: path, content: text, isObject: false });
  return parts;
}

function nameOf({ kind, namespace, name }: ManifestObject): string {
  return `${[kind, namespace, name].filter((word) => word !== '').join(' ')}.yaml`;
}

function stored({ kind, json }: ManifestObject): JsonObject {
  return kind === 'Secret' ? withData(json) : json;
}

function difference(
  name: string,
  [before, after]: readonly [Content, Content],
  isObject: boolean,
): readonly Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  const shown = isObject ? shownPair(objectOf(before), objectOf(after)) : [before, after].map(inOrder);
  return [{ name, before: shown[0] ?? before, after: shown[1] ?? after }];
}

function objectOf(content: Content): JsonObject | undefined {
  return typeof content === 'object' ? content : undefined;
}

function inOrder(content: Content): Content {
  return typeof content === 'object' ? sorted(content) : content;
}
