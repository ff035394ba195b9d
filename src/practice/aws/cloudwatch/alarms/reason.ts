/** StateReason and StateReasonData, worded as CloudWatch words them. */
import type { Comparison } from '../shapes.ts';
import type { MetricAlarmConfig } from './config.ts';
import type { Datapoint, Decision } from './decide.ts';

const words: Readonly<Record<Comparison, string>> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

const compare: Readonly<Record<Comparison, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

export const breaches = (config: MetricAlarmConfig) => (value: number) =>
  compare[config.ComparisonOperator](value, config.Threshold);

/** `2019-10-02T17:04:40.989+0000`, as CloudWatch writes times inside JSON texts. */
export const isoTime = (time: number) => new Date(time).toISOString().replace('Z', '+0000');

/** Texts name this many datapoints at most, the newest: state reasons and history items have a limited length. */
const named = 10;

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const decimal = (value: number) => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** `99.5 (02/10/19 16:59:00)`: day, month, year. */
function pointText({ value, time }: Datapoint): string {
  const [date = '', clock = ''] = new Date(time).toISOString().split(/[T.]/);
  return `${decimal(value)} (${date.slice(2).split('-').reverse().join('/')} ${clock})`;
}

export function stateReason(config: MetricAlarmConfig, { value, evaluated, filled }: Decision): string {
  const periods = config.EvaluationPeriods;
  if (value === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${plural(filled, 'datapoint')} ${were(filled)} unknown.`;
  const treatment = config.TreatMissingData;
  if (filled > 0 && (treatment === 'breaching' || treatment === 'notBreaching')) {
    const received =
      evaluated.length === 0
        ? 'no datapoints were'
        : `${plural(evaluated.length, 'datapoint')} ${were(evaluated.length)}`;
    const as = treatment === 'breaching' ? 'Breaching' : 'NonBreaching';
    return `Threshold Crossed: ${received} received for ${plural(periods, 'period')} and ${plural(filled, 'missing datapoint')} ${were(filled)} treated as [${as}].`;
  }
  return thresholdReason(config, value === 'ALARM', evaluated);
}

const were = (count: number) => (count === 1 ? 'was' : 'were');

function thresholdReason(config: MetricAlarmConfig, alarm: boolean, evaluated: readonly Datapoint[]): string {
  const isBreaching = breaches(config);
  const periods = config.EvaluationPeriods;
  const toAlarm = config.DatapointsToAlarm ?? periods;
  const telling = evaluated.filter((point) => isBreaching(point.value) === alarm).reverse();
  const minimum = alarm ? toAlarm : periods - toAlarm + 1;
  const verb = `${were(telling.length)}${alarm ? '' : ' not'} ${words[config.ComparisonOperator]}`;
  return (
    `Threshold Crossed: ${telling.length} out of the last ${evaluated.length} datapoints ` +
    `[${telling.slice(0, named).map(pointText).join(', ')}] ${verb} the threshold (${decimal(config.Threshold)}) ` +
    `(minimum ${plural(minimum, 'datapoint')} for ${alarm ? 'OK -> ALARM' : 'ALARM -> OK'} transition).`
  );
}

export function stateReasonData(
  config: MetricAlarmConfig,
  period: number,
  { evaluated }: Decision,
  now: number,
): string {
  const recent = evaluated.slice(-named);
  const first = evaluated[0];
  const statistic = config.Statistic ?? config.ExtendedStatistic;
  return JSON.stringify({
    version: '1.0',
    queryDate: isoTime(now),
    ...(first && { startDate: isoTime(first.time) }),
    ...(config.Unit !== undefined && { unit: config.Unit }),
    ...(statistic !== undefined && { statistic }),
    period,
    recentDatapoints: recent.map((point) => point.value),
    threshold: config.Threshold,
    evaluatedDatapoints: recent.toReversed().map(({ time, sampleCount, value }) => ({
      timestamp: isoTime(time),
      ...(sampleCount !== undefined && { sampleCount }),
      value,
    })),
  });
}

/** `arn… transitioned to ALARM at Friday 14 August, 2020 10:31:59 UTC`: a composite names the child that turned it. */
export function compositeReason(arn: string, value: string, time: number): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).format(time);
  const date = `${part({ weekday: 'long' })} ${part({ day: '2-digit' })} ${part({ month: 'long' })}, ${part({ year: 'numeric' })}`;
  return `${arn} transitioned to ${value} at ${date} ${new Date(time).toISOString().slice(11, 19)} UTC`;
}
