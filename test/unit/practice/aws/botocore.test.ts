import assert from 'node:assert/strict';
import { loadServiceModel, ModelChecker, type ServiceModel, validateShape } from '../../../support/botocore.ts';

const ok = { AlarmName: 'a', EvaluationPeriods: 1 };

/** Inputs of PutMetricAlarm and the one thing that is wrong with each. */
const wrong: Readonly<Record<string, readonly [input: object, problem: RegExp]>> = {
  'a required member that is missing': [{ EvaluationPeriods: 1 }, /AlarmName: required, but missing/],
  'an unknown member': [{ ...ok, Colour: 'red' }, /Colour: unknown member/],
  'a text that is too short': [{ ...ok, AlarmName: '' }, /0 characters, allowed are 1 to 255/],
  'a number that is too small': [{ ...ok, Period: 0 }, /Period: 0 as value/],
  'a fraction for an integer': [{ ...ok, Period: 1.5 }, /not a number of type integer/],
  'a value outside an enum': [{ ...ok, Statistic: 'Median' }, /"Median" is none of/],
  'a pattern that does not match': [{ ...ok, Namespace: ':x' }, /does not match/],
  'a list that is too long': [{ ...ok, AlarmActions: ['1', '2', '3', '4', '5', '6'] }, /6 items/],
  'a wrong item of a list': [{ ...ok, Dimensions: [{ Name: 'a', Value: 1 }] }, /Dimensions\[0\]\.Value: not a string/],
  'a text for a boolean': [{ ...ok, ActionsEnabled: 'true' }, /not a boolean/],
  'two members of a union': [{ ...ok, EvaluationWindow: { WallClockWindow: {}, SlidingWindow: {} } }, /exactly one/],
};

describe("the check against AWS's service models", () => {
  let model: ServiceModel;
  before(async function () {
    this.timeout('5m'); // the first run of a machine fetches botocore
    model = await loadServiceModel('cloudwatch', '2010-08-01');
  });

  it('accepts what is right', () => assert.deepEqual(validateShape(model, 'PutMetricAlarmInput', ok), []));

  for (const [what, [input, problem]] of Object.entries(wrong)) {
    it(`finds ${what}`, () => {
      const problems = validateShape(model, 'PutMetricAlarmInput', input);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', problem);
    });
  }

  it('counts exchanges and finds what is wrong with requests, answers and errors', () => {
    const checker = new ModelChecker(model);
    const operation = 'DescribeAlarms';
    checker.observe({ operation, request: {}, response: { MetricAlarms: [{ StateValue: 'OK' }] } });
    assert.deepEqual([checker.count, checker.problems], [1, []]);
    checker.observe({ operation, request: { MaxRecords: 101 }, response: { MetricAlarms: [{ StateValue: 'FINE' }] } });
    checker.observe({ operation, request: {}, response: { __type: 'x#Nope', message: '' }, error: 'Nope' });
    checker.observe({ operation: 'DeleteAlarms', request: { AlarmNames: [] }, response: {} });
    assert.equal(checker.count, 4);
    assert.equal(checker.problems.length, 4, checker.problems.join('\n'));
  });

  it('reads the models of other services', async () => {
    assert.ok((await loadServiceModel('sqs', '2012-11-05')).operations['SendMessage']);
    assert.ok((await loadServiceModel('fis', '2020-12-01')).operations['StartExperiment']);
  });
});
