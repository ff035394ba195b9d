import assert from 'node:assert/strict';
import { alarmsIn, parseRule, ruleHolds } from '../../../../../src/practice/aws/cloudwatch/alarms/rule.ts';
import { ApiError } from '../../../../../src/practice/aws/cloudwatch/errors.ts';
import type { StateValue } from '../../../../../src/practice/aws/cloudwatch/shapes.ts';

const states: Readonly<Record<string, StateValue>> = {
  a: 'ALARM',
  b: 'OK',
  c: 'INSUFFICIENT_DATA',
  'my alarm': 'ALARM',
};
const holds = (rule: string) => ruleHolds(parseRule(rule), (alarm) => states[alarm]);

const truths: Readonly<Record<string, boolean>> = {
  'ALARM(a)': true,
  'ALARM("my alarm")': true,
  'OK("b")': true,
  'INSUFFICIENT_DATA(c)': true,
  'ALARM(b)': false,
  'ALARM(gone)': false,
  'NOT ALARM(b)': true,
  'NOT (ALARM(a) OR ALARM(b))': false,
  'ALARM(a) AND ALARM(b)': false,
  'ALARM(b) AND ALARM(b) OR ALARM(a)': true,
  'ALARM(b) AND (ALARM(b) OR ALARM(a))': false,
  'TRUE AND NOT FALSE': true,
  FALSE: false,
};

describe('the rule of a composite alarm', () => {
  for (const [rule, truth] of Object.entries(truths))
    it(`${rule} is ${String(truth)}`, () => assert.equal(holds(rule), truth));

  it('names its alarms, each once', () => {
    assert.deepEqual(alarmsIn(parseRule('ALARM(a) OR OK(a) AND NOT ALARM("arn:aws:x")')), ['a', 'arn:aws:x']);
  });

  for (const wrong of [
    '',
    'ALARM',
    'ALARM()',
    'ALARM(a',
    'ALARM(a) AND',
    'ALARM(a) OK(b)',
    'MAYBE(a)',
    'ALARM("a)',
    ')',
    'NOT',
  ]) {
    it(`refuses ${wrong || 'nothing'}`, () => assert.throws(() => parseRule(wrong), { shape: 'ValidationException' }));
  }

  it('refuses nesting that would exhaust the stack', () => {
    assert.throws(() => parseRule(`${'('.repeat(5000)}TRUE${')'.repeat(5000)}`), ApiError);
    assert.throws(() => parseRule('NOT '.repeat(2500) + 'TRUE'), ApiError);
  });
});
