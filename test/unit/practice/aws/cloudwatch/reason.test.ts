import assert from 'node:assert/strict';
import type { MetricAlarmConfig } from '../../../../../src/practice/aws/cloudwatch/alarms/config.ts';
import type { Decision } from '../../../../../src/practice/aws/cloudwatch/alarms/decide.ts';
import {
  breaches,
  compositeReason,
  stateReason,
  stateReasonData,
} from '../../../../../src/practice/aws/cloudwatch/alarms/reason.ts';

const config = (changes: Partial<MetricAlarmConfig> = {}): MetricAlarmConfig => ({
  ...{ AlarmName: 'a', ActionsEnabled: true, OKActions: [], AlarmActions: [], InsufficientDataActions: [] },
  ...{ MetricName: 'm', Namespace: 'N', Dimensions: [], Statistic: 'Average', Period: 300 },
  ...{ EvaluationPeriods: 1, Threshold: 50, ComparisonOperator: 'GreaterThanThreshold' },
  ...changes,
});

const at = (time: string, value: number) => ({ time: Date.parse(`2019-10-${time}Z`), value });
const decision = (value: Decision['value'], evaluated: Decision['evaluated'], filled = 0) => ({
  value,
  evaluated,
  filled,
});

describe('the reason of a state', () => {
  it("is worded as in AWS's sample events", () => {
    assert.equal(
      stateReason(config(), decision('ALARM', [at('02T16:59:00', 99.50160229693434)])),
      'Threshold Crossed: 1 out of the last 1 datapoints [99.50160229693434 (02/10/19 16:59:00)] was greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).',
    );
    assert.equal(
      stateReason(config(), decision('OK', [at('01T13:46:00', 0.0666851903306472)])),
      'Threshold Crossed: 1 out of the last 1 datapoints [0.0666851903306472 (01/10/19 13:46:00)] was not greater than the threshold (50.0) (minimum 1 datapoint for ALARM -> OK transition).',
    );
  });

  it('names the telling datapoints of M out of N, the newest first', () => {
    const changes = {
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      ComparisonOperator: 'LessThanOrEqualToThreshold',
    } as const;
    const points = [at('02T16:50:00', 50), at('02T16:55:00', 51), at('02T17:00:00', 1)];
    assert.equal(
      stateReason(config(changes), decision('ALARM', points)),
      'Threshold Crossed: 2 out of the last 3 datapoints [1.0 (02/10/19 17:00:00), 50.0 (02/10/19 16:50:00)] were less than or equal to the threshold (50.0) (minimum 2 datapoints for OK -> ALARM transition).',
    );
  });

  it('says what was missing and how it was treated', () => {
    const changes = { EvaluationPeriods: 3, TreatMissingData: 'notBreaching' } as const;
    assert.equal(
      stateReason(config(changes), decision('OK', [at('02T16:50:00', 50)], 2)),
      'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [NonBreaching].',
    );
    assert.equal(
      stateReason(config(), decision('INSUFFICIENT_DATA', [], 1)),
      'Insufficient Data: 1 datapoint was unknown.',
    );
  });

  it('fits the lengths of the API with the most datapoints', () => {
    const many = Array.from({ length: 1440 }, (_, i) => ({ time: i * 60_000, value: Math.PI * i, sampleCount: 12 }));
    const all = config({ EvaluationPeriods: 1440, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
    assert.ok(stateReason(all, decision('ALARM', many)).length <= 1023);
    assert.ok(stateReasonData(all, 60, decision('ALARM', many), 0).length <= 2000);
  });

  it('of a composite names the child that turned it', () => {
    assert.equal(
      compositeReason('arn:x', 'ALARM', Date.parse('2020-08-14T10:31:59Z')),
      'arn:x transitioned to ALARM at Friday 14 August, 2020 10:31:59 UTC',
    );
  });
});

describe('crossing the threshold', () => {
  const crossed = {
    GreaterThanThreshold: [false, false, true],
    GreaterThanOrEqualToThreshold: [false, true, true],
    LessThanThreshold: [true, false, false],
    LessThanOrEqualToThreshold: [true, true, false],
  } as const;
  for (const [operator, expected] of Object.entries(crossed)) {
    it(operator, () => {
      const ComparisonOperator = operator as keyof typeof crossed;
      assert.deepEqual([49, 50, 51].map(breaches(config({ ComparisonOperator }))), expected);
    });
  }
});
