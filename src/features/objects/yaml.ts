import { Document, Scalar, type Tags, visit } from 'yaml';
import { t } from '../../core/l10n.ts';
import type { Json, JsonObject } from '../../domain/remediation/json.ts';

/** With more values than these the library holds everything up: it writes about 200 in a millisecond. */
const mostValues = 4000;

/**
 * The object as YAML, quoted as kubectl's parser (YAML 1.1) needs it, in which every character can be seen: what an editor
 * or a terminal would obey is escaped. An object of very many values is written as JSON, which is YAML, too.
 */
export function yamlOf(object: JsonObject, asJson = isVast(object)): string {
  const text = asJson ? jsonText(object) : yamlText(object);
  // both escape what JSON does; all that is left stands in double quotes
  return text.replace(leftOver, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Are there too many values for YAML's usual form? */
export function isVast(object: JsonObject): boolean {
  let left = mostValues;
  const count = (value: Json): void => {
    left -= 1;
    if (left < 0 || typeof value !== 'object' || value === null) return;
    for (const inner of Object.values(value) as readonly Json[]) count(inner);
  };
  count(object);
  return left < 0;
}

function jsonText(object: JsonObject): string {
  return `# ${t('Written as JSON, which is YAML, too: it has very many values.')}\n${JSON.stringify(object, null, 2)}\n`;
}

function yamlText(object: JsonObject): string {
  const customTags = (tags: Tags) => tags.filter((tag) => typeof tag === 'string' || tag.tag !== mergeTag);
  const document = new Document(object, { aliasDuplicateObjects: false, version: '1.1', customTags });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && needsQuotes.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** It would write the key `<<` so that a parser merges. */
const mergeTag = 'tag:yaml.org,2002:merge';

/** Control characters but for line breaks and tabs, the marks of reading direction and byte order, the key that merges. */
const needsQuotes = /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]|^<<$/u;
const leftOver = /[\u007F-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/g;
