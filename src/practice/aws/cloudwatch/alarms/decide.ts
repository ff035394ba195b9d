import type { MissingDataTreatment, StateValue } from '../shapes.ts';

export interface Datapoint {
  /** Start of its period, milliseconds since the epoch. */
  readonly time: number;
  readonly value: number;
  readonly sampleCount?: number;
}

export interface Range {
  /** Oldest first, one entry a period; undefined is a missing datapoint. */
  readonly points: readonly (Datapoint | undefined)[];
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissing: MissingDataTreatment;
  readonly breaches: (value: number) => boolean;
}

export interface Decision {
  /** Undefined: the alarm keeps the state it has. */
  readonly value: StateValue | undefined;
  /** The real datapoints that were evaluated, oldest first. */
  readonly evaluated: readonly Datapoint[];
  /** How many missing datapoints were filled in. */
  readonly filled: number;
}

/**
 * AWS looks at more datapoints than it needs, so that a late one does not count as missing. How many more is not
 * documented in general; its tables show five for three evaluation periods.
 */
export const evaluationRange = (evaluationPeriods: number) => evaluationPeriods + 2;

/**
 * The state that a range of datapoints asks for. Source: "Configuring how CloudWatch alarms treat missing data" in the
 * CloudWatch user guide: enough real datapoints decide alone; else missing ones are filled in, as few as possible.
 */
export function decide(range: Range): Decision {
  const { points, evaluationPeriods, datapointsToAlarm, breaches } = range;
  const real = points.filter((point) => point !== undefined);
  const evaluated = real.slice(-evaluationPeriods);
  const filled = evaluationPeriods - evaluated.length;
  const breaching = evaluated.filter((point) => breaches(point.value)).length;
  const value = breaching >= datapointsToAlarm ? 'ALARM' : filled === 0 ? 'OK' : withFill(range, breaching, filled);
  return { value, evaluated, filled };
}

function withFill(range: Range, breaching: number, filled: number): StateValue | undefined {
  const { points, datapointsToAlarm, treatMissing, breaches } = range;
  if (treatMissing === 'breaching') return breaching + filled >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (treatMissing === 'notBreaching') return 'OK';
  if (points.some((point) => point !== undefined && !breaches(point.value))) return 'OK';
  if (treatMissing === 'ignore') return undefined;
  // All that is there is breaching. It is an alarm, not a lack of data, once the oldest is as old as the alarm asks for.
  const oldest = points.findIndex((point) => point !== undefined);
  return oldest >= 0 && points.length - oldest >= datapointsToAlarm ? 'ALARM' : 'INSUFFICIENT_DATA';
}
