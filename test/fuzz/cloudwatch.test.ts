import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alarmsIn, parseRule, type Rule, ruleHolds } from '../../src/practice/aws/cloudwatch/alarms/rule.ts';
import { ApiError } from '../../src/practice/aws/cloudwatch/errors.ts';
import { evaluate, type Scope } from '../../src/practice/aws/cloudwatch/math/evaluate.ts';
import { type Expression, parseExpression } from '../../src/practice/aws/cloudwatch/math/parser.ts';
import { parseSearch, searchMetrics } from '../../src/practice/aws/cloudwatch/math/search.ts';
import { damaged, text } from './generators.ts';
import { always } from './support.ts';

/** The answer, or undefined where the service refuses in its own words. */
function unlessRefused<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) return undefined;
    throw error;
  }
}

const expression = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      'm1',
      'm2',
      'e1',
      '60',
      '1.5e3',
      '.5',
      "'Sum'",
      '"a\\"b"',
      'REPEAT',
      'METRICS()',
      "SEARCH('{N,D} a', 'Sum', 60)",
    ),
    fc
      .tuple(
        tie('any'),
        fc.constantFrom('+', '-', '*', '/', '^', '<', '>=', '==', '!=', '&&', '||', ' AND ', ' OR '),
        tie('any'),
      )
      .map((parts) => parts.join('')),
    fc
      .tuple(
        fc.constantFrom('SUM', 'AVG', 'FILL', 'IF', 'RATE', 'STDDEV', 'FIRST', 'PERIOD', 'toString', ''),
        fc.array(tie('any'), { maxLength: 3 }),
      )
      .map(([name, args]) => `${name}(${args.join(', ')})`),
    fc.array(tie('any'), { maxLength: 3 }).map((items) => `[${items.join()}]`),
    tie('any').map((inner) => `-${inner}`),
  ),
})).any;

const points = new Map([0, 60_000, 120_000].map((time) => [time, time / 1000] as const));
const series = { label: 'm1', period: 60, points };
const scope: Scope = {
  span: { from: 0, to: 300_000 },
  lookup(id) {
    if (id === 'm1' || id === 'm2') return series;
    throw new ApiError('ValidationException', 'unknown');
  },
  metrics: () => [series, series],
  search: (search) => (parseSearch(search).matches({ namespace: 'N', name: 'a', dimensions: [] }) ? [series] : []),
};

/** Written with all its brackets. */
function written(its: Expression): string {
  switch (its.kind) {
    case 'number':
      return its.value === Infinity ? '1e999' : String(its.value);
    case 'text':
      return `"${its.value.replace(/[\\"]/g, '\\$&')}"`;
    case 'name':
      return its.name;
    case 'array':
      return `[${its.items.map(written).join()}]`;
    case 'call':
      return `${its.name}(${its.args.map(written).join()})`;
    case 'negate':
      return `-(${written(its.of)})`;
    case 'binary':
      return `(${written(its.left)} ${its.operator} ${written(its.right)})`;
  }
}

describe('any metric-math expression', () => {
  always('has a value, or is refused', damaged(expression), (its) => {
    const parsed = unlessRefused(() => parseExpression(its.slice(0, 2048)));
    if (!parsed) return;
    unlessRefused(() => evaluate(parsed, scope));
    const again = unlessRefused(() => parseExpression(written(parsed)));
    // its brackets may make it too deep
    if (again) assert.deepEqual(again, parsed);
  });
});

describe('any search', () => {
  const term = fc.constantFrom(
    'cpu',
    '"CPU Utilization"',
    'MetricName=a',
    'Namespace="N"',
    '(',
    ')',
    ' AND ',
    ' OR ',
    'NOT ',
    '{N,"D d"}',
    '=',
    ' ',
  );
  const search = fc.oneof(
    fc.array(term, { maxLength: 12 }).map((terms) => terms.join(' ')),
    text,
  );
  always('finds metrics, or is refused', damaged(search), (its) => {
    const parsed = unlessRefused(() => parseSearch(its.slice(0, 1024)));
    const metric = { namespace: 'N', name: 'CPUUtilization', dimensions: [{ Name: 'D d', Value: 'x' }] };
    if (parsed) assert.ok(searchMetrics(parsed, [metric]).length <= 1);
  });
});

const rule = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom('ALARM(a)', 'OK("my alarm")', 'INSUFFICIENT_DATA("a\\"b")', 'TRUE', 'FALSE'),
    fc.tuple(tie('any'), fc.constantFrom(' AND ', ' OR '), tie('any')).map((parts) => parts.join('')),
    tie('any').map((inner) => `NOT ${inner}`),
    tie('any').map((inner) => `(${inner})`),
  ),
})).any;

function ruleWritten(its: Rule): string {
  switch (its.kind) {
    case 'constant':
      return its.value ? 'TRUE' : 'FALSE';
    case 'state':
      return `${its.state}("${its.alarm.replace(/[\\"]/g, '\\$&')}")`;
    case 'not':
      return `NOT (${ruleWritten(its.of)})`;
    default:
      return `(${ruleWritten(its.left)} ${its.kind.toUpperCase()} ${ruleWritten(its.right)})`;
  }
}

describe('any rule of a composite alarm', () => {
  always('holds or not, or is refused', damaged(rule), (its) => {
    const parsed = unlessRefused(() => parseRule(its.slice(0, 10_240)));
    if (!parsed) return;
    assert.equal(typeof ruleHolds(parsed, (alarm) => (alarm === 'a' ? 'ALARM' : undefined)), 'boolean');
    assert.ok(alarmsIn(parsed).length <= 500);
    const again = unlessRefused(() => parseRule(ruleWritten(parsed)));
    if (again) assert.deepEqual(again, parsed);
  });
});
