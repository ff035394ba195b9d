import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { JarvisError } from '../../src/core/errors.ts';
import { shellCommand } from '../../src/domain/kubernetes/kubectl.ts';
import { presentable } from '../../src/domain/kubernetes/presentable.ts';
import type { JsonObject } from '../../src/domain/remediation/json.ts';
import { yamlOf } from '../../src/features/objects/yaml.ts';
import { anyJson, damagedJson, keys, text } from './generators.ts';
import { always, answerOf } from './support.ts';

/** What an editor or a terminal would obey. */
const unseen = /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/u;
/** Texts that YAML 1.1 takes for something else where they are not quoted. */
const tricky = fc.constantFrom(
  'yes',
  'on',
  '~',
  'null',
  '0x1F',
  '1_000',
  '1:30',
  '2026-11-21',
  '.inf',
  '<<',
  '=',
  '- a',
  'a: b',
  '# c',
  '&a',
  '*a',
  '!x',
  '|',
  '> x',
  '%',
  '@',
  '`',
  'a\n  b\n',
  ' x',
  'x ',
);
const value = fc.oneof(
  anyJson,
  tricky,
  fc.array(tricky, { maxLength: 3 }),
  fc.dictionary(tricky, tricky, { maxKeys: 3, noNullPrototype: true }),
);
const object = fc.dictionary(fc.oneof(keys, tricky), value, { maxKeys: 4, noNullPrototype: true });

describe('any object as a document', () => {
  const asServed = object.map((its) => JSON.parse(JSON.stringify(its)) as JsonObject);
  always('is read back from its YAML, in which everything can be seen', asServed, (its) => {
    const yaml = yamlOf(its);
    assert.doesNotMatch(yaml, unseen);
    assert.deepEqual(parse(yaml, { version: '1.1' }), its);
    assert.deepEqual(JSON.parse(yamlOf(its, true).replace(/^#.*\n/, '')), its);
  });
});

describe('any Secret', () => {
  const word = 'hunter2hunter2';
  const base64 = Buffer.from(word).toString('base64');
  const secret = fc
    .record({
      data: fc.constantFrom<unknown>({ password: base64 }, {}),
      stringData: fc.constantFrom<unknown>({ password: word }, { key: 1 }),
      annotations: fc.constantFrom<unknown>(
        {},
        { 'kubectl.kubernetes.io/last-applied-configuration': `{"data":{"password":"${base64}"}}` },
        { copy: ` {"stringData":"${word}"}` },
      ),
    })
    .map(({ annotations, ...rest }) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', annotations },
      ...rest,
    }));
  always('keeps its values', secret, (its) => {
    const shown = JSON.stringify(presentable(its as unknown as JsonObject));
    assert.ok(!shown.includes(word) && !shown.includes(base64), shown);
  });

  always('that is malformed does not break', damagedJson(secret), (its) => {
    if (typeof its === 'object' && its !== null && !Array.isArray(its)) presentable(its as JsonObject);
  });
});

/** The words that a POSIX shell would make of a line of plain and single-quoted parts. */
function words(line: string): readonly string[] {
  const found = line.match(/(?:[^\s'\\]|'[^']*'|\\.)+/g) ?? [];
  return found.map((one) =>
    one.replace(
      /'([^']*)'|\\(.)/g,
      (_, quoted: string | undefined, escaped: string | undefined) => quoted ?? escaped ?? '',
    ),
  );
}

describe('any command line', () => {
  always(
    'has the words that were meant, or is refused',
    fc.array(fc.oneof(text, tricky, fc.constantFrom("it's", '$(id)', '`id`', '; id', '*', '~', '\\'))),
    (meant) => {
      const line = answerOf(() => shellCommand(meant));
      if (line instanceof JarvisError) assert.equal(line.code, 'objects.unprintable');
      else assert.deepEqual(words(line), meant);
    },
  );
});
