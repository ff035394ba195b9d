import * as v from 'valibot';
import { alarmPeriod, compositeAlarmConfig, metricAlarmConfig, type MetricAlarmConfig } from '../alarms/config.ts';
import { invalidCombination, invalidValue, missingParameter, validationError } from '../errors.ts';
import { parseExpression } from '../math/parser.ts';
import { percentileOf } from '../metrics/statistics.ts';
import type { CloudWatchService } from '../service.ts';
import { optional, tags, unsupported } from '../shapes.ts';
import { checkQueries } from './get-metric-data.ts';
import { operation } from './operation.ts';

const day = 86_400;
const maxMetrics = 10;

type MetricAlarmInput = v.InferOutput<typeof metricAlarmConfig>;

export const putMetricAlarm = operation(
  v.object({
    ...metricAlarmConfig.entries,
    Tags: optional(tags),
    ThresholdMetricId: unsupported,
    EvaluationWindow: unsupported,
    EvaluationCriteria: unsupported,
    WarmUpConfiguration: unsupported,
  }),
  (service, { Tags, ...input }) => {
    const config = complete(input);
    if (config.Metrics) checkMath(config, config.Metrics);
    else checkMetric(config);
    checkSpan(config);
    withTags(service, config.AlarmName, Tags, () => service.alarms.putMetricAlarm(config));
    return undefined;
  },
);

export const putCompositeAlarm = operation(
  v.object({ ...compositeAlarmConfig.entries, Tags: optional(tags), ActionsSuppressor: unsupported }),
  (service, { Tags, ...config }) => {
    withTags(service, config.AlarmName, Tags, () => service.alarms.putCompositeAlarm(config));
    return undefined;
  },
);

/** Tags are set by the call that creates the alarm; one that updates it leaves them as they are. */
function withTags(
  service: CloudWatchService,
  name: string,
  given: v.InferOutput<typeof tags> = [],
  put: () => void,
): void {
  const isNew = !service.alarms.get(name);
  put();
  if (isNew) service.tags.set(service.alarms.arnOf(name), new Map(given.map((tag) => [tag.Key, tag.Value])));
}

function complete(input: MetricAlarmInput): MetricAlarmConfig {
  const { EvaluationPeriods, Threshold, ComparisonOperator } = input;
  if (EvaluationPeriods === undefined) throw missingParameter('The parameter EvaluationPeriods is required.');
  if (ComparisonOperator === undefined) throw missingParameter('The parameter ComparisonOperator is required.');
  if (Threshold === undefined) throw missingParameter('The parameter Threshold is required.');
  if (!Number.isFinite(Threshold)) throw invalidValue('The value for parameter Threshold must be a finite number.');
  return { ...input, EvaluationPeriods, Threshold, ComparisonOperator };
}

function checkMetric(config: MetricAlarmConfig): void {
  if (config.MetricName === undefined)
    throw validationError('Exactly one of MetricName and Metrics must be specified.');
  if (config.Namespace === undefined) throw missingParameter('The parameter Namespace is required.');
  if (config.Period === undefined) throw missingParameter('The parameter Period is required.');
  checkPeriod(config.Period);
  if ((config.Statistic === undefined) === (config.ExtendedStatistic === undefined))
    throw validationError('Exactly one of Statistic and ExtendedStatistic must be specified.');
  if (config.ExtendedStatistic !== undefined && percentileOf(config.ExtendedStatistic) === undefined)
    throw invalidValue(`The value ${config.ExtendedStatistic} for parameter ExtendedStatistic is not supported.`);
}

function checkMath(config: MetricAlarmConfig, metrics: NonNullable<MetricAlarmConfig['Metrics']>): void {
  const single = ['MetricName', 'Namespace', 'Statistic', 'ExtendedStatistic', 'Period', 'Unit'] as const;
  const given = single.find((name) => config[name] !== undefined);
  if (given ?? config.Dimensions.length > 0)
    throw invalidCombination(`${given ?? 'Dimensions'} must not be specified together with Metrics.`);
  checkQueries(metrics);
  if (metrics.filter(({ ReturnData = true }) => ReturnData).length !== 1)
    throw validationError('Exactly one element of the Metrics list should return data.');
  for (const { Expression } of metrics) if (Expression !== undefined) parseExpression(Expression);
  const periods = new Set(metrics.flatMap((query) => query.MetricStat?.Period ?? []));
  if (metrics.filter((query) => query.MetricStat).length > maxMetrics)
    throw validationError(`Metrics must not contain more than ${maxMetrics} metrics.`);
  if (periods.size > 1) throw validationError('All metrics of an alarm must have the same period.');
  periods.forEach(checkPeriod);
}

function checkPeriod(period: number): void {
  if (![10, 20, 30].includes(period) && period % 60 !== 0)
    throw validationError('Period must be 10, 20, 30 or a multiple of 60');
}

function checkSpan(config: MetricAlarmConfig): void {
  const { EvaluationPeriods: periods, DatapointsToAlarm = 1 } = config;
  const period = alarmPeriod(config);
  if (DatapointsToAlarm > periods)
    throw validationError('DatapointsToAlarm must be less than or equal to EvaluationPeriods.');
  const limit = period < 3600 ? day : 7 * day;
  if (periods * period > limit)
    throw validationError(`EvaluationPeriods * Period must be at most ${limit} s for a period of ${period} s.`);
}
