import assert from 'node:assert/strict';
import fc from 'fast-check';
import { JarvisError } from '../../src/core/errors.ts';
import type { LabelSelector } from '../../src/domain/kubernetes/model.ts';
import { matches } from '../../src/domain/kubernetes/selector.ts';
import { parseSelector } from '../../src/domain/kubernetes/selector-text.ts';
import { filterOf } from '../../src/features/clusters/look/filter.ts';
import { plainLook, readLook } from '../../src/features/clusters/look/look.ts';
import { compile } from '../../src/domain/logs/filter.ts';
import { anyJson, damaged, damagedJson, mostly, text as anyText } from './generators.ts';
import { always, answerOf } from './support.ts';

const key = mostly(
  fc.constantFrom('app', 'tier', 'app.kubernetes.io/name', 'weight', 'in', 'notin'),
  fc.oneof(
    fc.constantFrom('constructor', 'toString', 'a_b.c'),
    fc.stringMatching(/^[A-Za-z0-9]([-_.A-Za-z0-9]{0,20}[A-Za-z0-9])?$/),
  ),
);
const dnsName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,10}[a-z0-9])?$/);
const value = mostly(
  fc.constantFrom('web', 'db', '', '7', '0x10'),
  fc.stringMatching(/^([A-Za-z0-9]([-_.A-Za-z0-9]{0,20}[A-Za-z0-9])?)?$/),
);
type Requirement = LabelSelector['matchExpressions'][number];
const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist'), values: fc.constant([]) }),
  fc.record({ key, operator: fc.constantFrom('In', 'NotIn'), values: fc.array(value, { minLength: 1, maxLength: 3 }) }),
  fc.record({ key, operator: fc.constantFrom('Gt', 'Lt'), values: fc.nat().map((number) => [String(number)]) }),
);
const requirements = fc.array(
  requirement.map(({ key: its, operator, values }) => ({ key: its, operator, values })),
  { maxLength: 4 },
);
const labels = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });

function written({ key: its, operator, values }: Requirement): string {
  switch (operator) {
    case 'Exists':
      return its;
    case 'DoesNotExist':
      return `!${its}`;
    case 'Gt':
      return `${its}>${values.join('')}`;
    case 'Lt':
      return `${its} < ${values.join('')}`;
    default:
      return `${its} ${operator.toLowerCase()} (${values.join(', ')})`;
  }
}

describe('any label selector', () => {
  always('that is whole is read as it was written', requirements, (matchExpressions) => {
    assert.deepEqual(parseSelector(matchExpressions.map(written).join(',')).matchExpressions, matchExpressions);
  });

  const text = damaged(requirements.map((all) => all.map(written).join(', ')));
  always('chooses, or is refused with a sentence', fc.tuple(text, labels), ([typed, its]) => {
    const selector = answerOf(() => parseSelector(typed));
    if (selector instanceof JarvisError) assert.equal(selector.code, 'kube.selector');
    else assert.equal(typeof matches(selector, its), 'boolean');
  });

  always('chooses by the labels alone', fc.tuple(key, value, labels), ([its, wanted, all]) => {
    const chooses = (typed: string) => matches(parseSelector(typed), all);
    assert.equal(chooses(its), Object.keys(all).includes(its));
    assert.equal(chooses(`!${its}`), !chooses(its));
    assert.equal(
      chooses(`${its} in (${wanted})`),
      Object.entries(all).some(([label, of]) => label === its && of === wanted),
    );
    assert.equal(chooses(`${its} notin (${wanted})`), !chooses(`${its} in (${wanted})`));
    assert.ok(!chooses(`${its}>5`) || !chooses(`${its}<6`));
    if (chooses(`${its}>0`)) assert.match(Object.entries(all).find(([label]) => label === its)?.[1] ?? '', /^\d+$/);
  });
});

describe('any filter of the view', () => {
  const kept = damagedJson(
    fc.record({
      ...Object.fromEntries(Object.keys(plainLook).map((part) => [part, anyJson])),
      text: anyText,
      labels: anyText,
    }),
  );
  always('judges every object, whatever was kept of it', fc.tuple(kept, anyText, labels), ([look, name, its]) => {
    const filter = filterOf(readLook(look));
    assert.equal(typeof filter.passes({ namespace: 'shop', name, labels: its }), 'boolean');
  });

  always(
    'finds an object by each part of its name',
    fc.tuple(dnsName, dnsName, fc.boolean()),
    ([one, other, upper]) => {
      const filter = filterOf({ ...plainLook, text: ` ${upper ? one.toUpperCase() : one}  ${other} ` });
      assert.ok(filter.isAbout({ namespace: `a-${one}`, name: `${other}-b`, labels: {} }));
      assert.ok(filter.isAbout({ namespace: '', name: `${one}-${other}`, labels: {} }));
    },
  );
});

describe('any filter of lines', () => {
  const pattern = damaged(fc.constantFrom('error|warn', '^\\d+ (a|b)', '[a-z]+', '\\p{L}', '(?<x>a)\\k<x>', 'x{2,3}'));
  always(
    'finds, or is refused with a sentence',
    fc.tuple(pattern, fc.boolean(), fc.string()),
    ([text, regex, line]) => {
      const matcher = compile({ text, regex, matchCase: false, invert: false });
      if ('problem' in matcher) assert.ok(regex && matcher.problem);
      else assert.equal(typeof matcher.matches(line), 'boolean');
    },
  );
});
