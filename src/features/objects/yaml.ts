import { Document, Scalar, visit } from 'yaml';
import type { JsonObject } from '../../domain/remediation/json.ts';

/**
 * The object as YAML, quoted as kubectl's parser (YAML 1.1) needs it, in which every character can be seen: what an editor
 * or a terminal would obey is escaped.
 */
export function yamlOf(object: JsonObject): string {
  const document = new Document(object, { aliasDuplicateObjects: false, version: '1.1' });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && unseen.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  // the library escapes what JSON does; all that is left stands in double quotes
  return document
    .toString({ lineWidth: 0 })
    .replace(leftOver, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Control characters but for line breaks and tabs, and the marks that turn the reading direction. */
const unseen = /[^\P{Cc}\n\t]|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const leftOver = /[\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;
