import assert from 'node:assert/strict';
import { type Datapoint, decide, evaluationRange } from '../../../../../src/practice/aws/cloudwatch/alarms/decide.ts';
import type { MissingDataTreatment } from '../../../../../src/practice/aws/cloudwatch/shapes.ts';

const treatments: readonly MissingDataTreatment[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

/** `0 - X - X`: not breaching, missing, breaching; the oldest first, as in AWS's tables. */
function points(pattern: string): readonly (Datapoint | undefined)[] {
  return pattern.split(' ').map((sign, index) => {
    return sign === '-' ? undefined : { time: index * 60_000, value: sign === 'X' ? 10 : 1 };
  });
}

function state(pattern: string, datapointsToAlarm: number, treatMissing: MissingDataTreatment, evaluationPeriods = 3) {
  const range = { points: points(pattern), evaluationPeriods, datapointsToAlarm, treatMissing };
  return decide({ ...range, breaches: (value) => value > 5 }).value ?? 'keep';
}

/** Each row: the datapoints, then the state for missing, ignore, breaching, notBreaching. */
const tables = {
  '3 out of 3': {
    toAlarm: 3,
    rows: [
      ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
      ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
      ['- - - - 0', 'OK', 'OK', 'OK', 'OK'],
      ['- - - - -', 'INSUFFICIENT_DATA', 'keep', 'ALARM', 'OK'],
      ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['- - X - -', 'ALARM', 'keep', 'ALARM', 'OK'],
      ['- - - - X', 'INSUFFICIENT_DATA', 'keep', 'ALARM', 'OK'],
      ['X - - - -', 'ALARM', 'keep', 'ALARM', 'OK'],
    ],
  },
  '2 out of 3': {
    toAlarm: 2,
    rows: [
      ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
      ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
      ['- - - X -', 'ALARM', 'keep', 'ALARM', 'OK'],
      ['- - - - X', 'INSUFFICIENT_DATA', 'keep', 'ALARM', 'OK'],
    ],
  },
} as const;

describe('the state that datapoints ask for', () => {
  for (const [name, { toAlarm, rows }] of Object.entries(tables)) {
    for (const [pattern, ...expected] of rows) {
      it(`${name}: ${pattern} as in the user guide's table`, () => {
        assert.deepEqual(
          treatments.map((treatment) => state(pattern, toAlarm, treatment)),
          expected,
        );
      });
    }
  }

  it('looks at the newest datapoints only, when there are enough of them', () => {
    assert.equal(state('X X 0 0 0', 1, 'missing'), 'OK');
    assert.equal(state('0 0 0 0 X', 1, 'missing'), 'ALARM');
  });

  it('looks at five datapoints for three evaluation periods', () => assert.equal(evaluationRange(3), 5));

  it('tells which real datapoints it used and how many it filled in', () => {
    const range = { points: points('- X - - 0'), evaluationPeriods: 3, datapointsToAlarm: 3 };
    const { evaluated, filled } = decide({ ...range, treatMissing: 'breaching', breaches: (value) => value > 5 });
    assert.deepEqual([evaluated.map((point) => point.value), filled], [[10, 1], 1]);
  });
});
