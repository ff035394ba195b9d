import { type Tags, parseDocument } from 'yaml';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { Slices } from '../../core/slices.ts';
import { type Json, type JsonObject, isJsonList, isJsonObject } from '../remediation/json.ts';

/** One object that a chart has rendered. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty where the manifest names none: the release's own, or an object of the cluster. */
  readonly namespace: string;
  readonly name: string;
  /** As the manifest has it: of Secrets with their values. */
  readonly json: JsonObject;
}

/**
 * The objects of a manifest, in its order, read as Helm reads it: YAML 1.1 as far as Go's parser goes, lists taken apart.
 * A document at a time, so that nobody else has to wait.
 * @throws JarvisError helm.malformed that says where, and quotes nothing
 */
export async function manifestObjects(manifest: string): Promise<readonly ManifestObject[]> {
  const slices = new Slices();
  const objects: ManifestObject[] = [];
  let line = 1;
  for (const document of manifest.split(/^---(?=\s|$)/m)) {
    const from = line;
    for (const json of slices.work(() => read(document, from))) objects.push(identified(json, from));
    line += document.split('\n').length - 1;
    await slices.rest();
  }
  return objects;
}

/** The same object in two revisions has the same key. The version is no part of it: that may change under an object. */
export function objectKey({ apiVersion, kind, namespace, name }: Omit<ManifestObject, 'json'>): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return JSON.stringify([group, kind, namespace, name]);
}

/** What Go's parser does not know, or takes for text. Source: sigs.k8s.io/yaml (goyaml.v2), resolve.go. */
const unknownTags = /:(timestamp|binary|omap|pairs|set)$/;

function read(text: string, line: number): readonly Json[] {
  try {
    return flattened(parse(text, line));
  } catch (error) {
    throw error instanceof JarvisError ? error : malformed(line, error instanceof Error ? error.name : '');
  }
}

function parse(text: string, line: number): Json {
  const customTags = (tags: Tags) =>
    tags.filter((tag) => typeof tag === 'string' || !(unknownTags.test(tag.tag) || tag.format === 'TIME'));
  const document = parseDocument(text, {
    version: '1.1',
    customTags,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error) throw malformed(line + text.slice(0, error.pos[0]).split('\n').length - 1, error.code);
  // throws where there are too many aliases, or a list that holds itself
  return JSON.parse(JSON.stringify(document.toJS() ?? null)) as Json;
}

/** A document of comments alone holds nothing. */
function flattened(json: Json): readonly Json[] {
  if (json === null) return [];
  if (!isJsonObject(json) || !isJsonList(json['items']) || !textOf(json['kind']).endsWith('List')) return [json];
  return json['items'].flatMap(flattened);
}

function identified(json: Json, line: number): ManifestObject {
  const metadata = isJsonObject(json) ? json['metadata'] : undefined;
  if (!isJsonObject(json) || !isJsonObject(metadata)) throw malformed(line, 'NO_OBJECT');
  return {
    apiVersion: textOf(json['apiVersion']),
    kind: textOf(json['kind']),
    namespace: textOf(metadata['namespace']),
    name: textOf(metadata['name']),
    json,
  };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function malformed(line: number, code: string): JarvisError {
  return new JarvisError({
    code: 'helm.malformed',
    message: t('The manifest of the release cannot be read from its line {0} on ({1}).', line, code),
  });
}
